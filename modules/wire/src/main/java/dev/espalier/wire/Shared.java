package dev.espalier.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts of which the same come again and again, and gives the same value for the same text
 * while it remembers: a log names a task a thousand times, and one name is enough. Safe for use by
 * many threads, since the values are immutable and a slot that is lost is only read anew.
 *
 * @param <T> what is read, immutable; its text is what was read
 */
final class Shared<T> implements Function<String, T> {
  private static final int SLOTS = 1 << 13;

  private final Function<String, T> parse;
  private final @Nullable Known<?>[] slots = new Known<?>[SLOTS];

  private record Known<V>(String text, V value) {}

  /**
   * Shares what {@code parse} gives.
   *
   * @param parse throws {@link IllegalArgumentException} for what is none
   */
  Shared(Function<String, T> parse) {
    this.parse = parse;
  }

  @Override
  @SuppressWarnings("unchecked") // only T is put in
  public T apply(String text) {
    int slot = text.hashCode() & (SLOTS - 1);
    Known<?> known = slots[slot];
    if (known != null && known.text().equals(text)) {
      return (T) known.value();
    }
    T value = parse.apply(text);
    slots[slot] = new Known<>(text, value);
    return value;
  }
}
