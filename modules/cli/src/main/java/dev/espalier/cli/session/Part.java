package dev.espalier.cli.session;

import dev.espalier.fleet.Role;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a process that stays up does. */
public enum Part {
  /** Keeps a log in the process itself. */
  BROKER,
  /** Decides which tasks may be taken. */
  PLANNER,
  /** Works on tasks. */
  WORKER,
  /** Adds events up. */
  AGGREGATOR,
  /** Shows what is added up, and takes studies. */
  GATEWAY;

  /** The roles among {@code parts}. */
  static Set<Role> roles(Set<Part> parts) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (parts.contains(valueOf(role.name()))) {
        roles.add(role);
      }
    }
    return roles;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
