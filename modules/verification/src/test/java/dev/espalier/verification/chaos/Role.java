package dev.espalier.verification.chaos;

import java.util.Locale;

/** What a process of the fleet under attack does. */
enum Role {
  BROKER,
  PLANNER,
  AGGREGATOR,
  GATEWAY,
  WORKER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
