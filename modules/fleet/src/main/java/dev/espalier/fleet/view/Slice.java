package dev.espalier.fleet.view;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A part of a list.
 *
 * @param items what is in it
 * @param next the place of its last item, behind which the next part begins; absent when this is
 *     the last
 */
public record Slice<T>(List<T> items, Optional<String> next) {
  /** Copies the items. */
  public Slice {
    items = List.copyOf(items);
  }

  /**
   * The first {@code limit} of {@code all}.
   *
   * @param place where an item stands
   */
  public static <T> Slice<T> of(Stream<T> all, int limit, Function<T, String> place) {
    List<T> found = all.limit(limit + 1L).toList();
    if (found.size() <= limit) {
      return new Slice<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Slice<>(items, Optional.of(place.apply(items.getLast())));
  }
}
