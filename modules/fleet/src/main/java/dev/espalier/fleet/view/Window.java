package dev.espalier.fleet.view;

import java.util.Optional;

/**
 * Which part of a list is looked at.
 *
 * @param after the place of the last item before it, as {@link Slice#next} said; absent where it
 *     begins with the first
 * @param limit how many items it has at most, at least 1
 */
public record Window(Optional<String> after, int limit) {
  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when there is room for nothing
   */
  public Window {
    if (limit < 1) {
      throw new IllegalArgumentException("expected room for at least 1 item, got " + limit);
    }
  }
}
