package dev.espalier.fleet.simulation;

/** An invariant does not hold. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Invariant invariant;

  Broken(Invariant invariant, String message) {
    super(invariant + ": " + message);
    this.invariant = invariant;
  }

  Invariant invariant() {
    return invariant;
  }
}
