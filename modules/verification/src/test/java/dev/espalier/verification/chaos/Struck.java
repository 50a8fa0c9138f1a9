package dev.espalier.verification.chaos;

import java.time.Instant;
import java.util.List;

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
  /** How many processes were ended: one that is struck again before it is gone counts once. */
  static int kills(List<Struck> all) {
    return (int) all.stream().filter(one -> one.fault().ends()).map(Struck::pid).distinct().count();
  }

  /** Whether the process calls itself {@code worker}, or one of its slots does. */
  boolean isOf(String worker) {
    return worker.contains("-" + pid + "-");
  }

  @Override
  public String toString() {
    return "%s %s (%d) %s".formatted(at, member, pid, fault);
  }
}
