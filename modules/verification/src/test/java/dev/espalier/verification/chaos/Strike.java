package dev.espalier.verification.chaos;

/**
 * One fault of a schedule.
 *
 * @param fault what is done
 * @param role to a process of which role
 */
record Strike(Fault fault, Role role) {
  @Override
  public String toString() {
    return role + " " + fault;
  }
}
