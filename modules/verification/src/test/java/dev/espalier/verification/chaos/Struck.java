package dev.espalier.verification.chaos;

import java.time.Instant;

/**
 * A fault that happened.
 *
 * @param at when
 * @param fault what
 * @param role to whom
 * @param member by name
 * @param pid to which process
 */
record Struck(Instant at, Fault fault, Role role, String member, long pid) {
  @Override
  public String toString() {
    return "%s %s (%d) %s".formatted(at, member, pid, fault);
  }
}
