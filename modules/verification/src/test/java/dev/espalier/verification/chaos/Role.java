package dev.espalier.verification.chaos;

import java.util.Locale;

/** A part of the fleet under attack. */
enum Role {
  BROKER,
  PLANNER,
  AGGREGATOR,
  GATEWAY,
  WORKER,
  /** No process: what stands on the broker. */
  LOG,
  /** No process: the artifacts. */
  STORE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
