package dev.espalier.domain.study;

import java.util.regex.Pattern;

/**
 * Who studies belong to, where several share a fleet: a team, a customer. Tasks and masks are
 * nobody's: what two tenants ask for is computed once.
 *
 * @param name at most 40 lower-case letters, digits and hyphens, a letter first
 */
public record Tenant(String name) implements Comparable<Tenant> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is none
   */
  public Tenant {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a tenant of at most 40 lower-case letters, digits and hyphens, a letter first,"
              + " got "
              + name);
    }
  }

  @Override
  public int compareTo(Tenant other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
