package dev.espalier.fleet.gateway;

/** Ends a request with a problem, from wherever it is found. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** What the request is answered with. */
  Problem problem() {
    return problem;
  }
}
