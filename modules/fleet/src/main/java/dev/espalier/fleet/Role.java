package dev.espalier.fleet;

import java.util.Locale;

/** What a process can be to the fleet; any set of them. */
public enum Role {
  /** Decides which tasks may be taken. */
  PLANNER,
  /** Works on tasks. */
  WORKER,
  /** Adds events up to standings. */
  AGGREGATOR,
  /** Shows standings to people and programs; has an aggregator of its own. */
  GATEWAY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
