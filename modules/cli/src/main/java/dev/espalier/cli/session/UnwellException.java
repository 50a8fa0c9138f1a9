package dev.espalier.cli.session;

/** A role of this process cannot go on; the log file says more. */
public final class UnwellException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnwellException(Throwable cause) {
    super("a role cannot go on: " + cause, cause);
  }
}
