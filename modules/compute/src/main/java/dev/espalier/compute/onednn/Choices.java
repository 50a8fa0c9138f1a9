package dev.espalier.compute.onednn;

import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Precision;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which implementation each direction of a convolution takes: a table, measured beforehand on a
 * kind of processor. What is not in it takes oneDNN's own first choice, which is not always the
 * fastest. Nothing is timed while training, since another implementation gives other bits.
 *
 * <p>Its text has a line an entry, sorted: {@code float32 backward-data 16x32x32 to 16, kernel 3,
 * stride 1, padding 1, groups 1 = jit:avx512_core}.
 */
public final class Choices {
  private static final String IS = " = ";
  private static final String COMMENT = "#";

  private final SortedMap<String, String> entries;

  private Choices(SortedMap<String, String> entries) {
    this.entries = entries;
  }

  /** The table in which nothing stands. */
  public static Choices none() {
    return new Choices(new TreeMap<>());
  }

  /**
   * The table that {@code text} holds; empty lines and what begins with # count for nothing.
   *
   * @param from where the text is from, for messages
   * @throws IllegalArgumentException when a line is no entry, or says again what another does
   */
  public static Choices parse(String text, String from) {
    SortedMap<String, String> entries = new TreeMap<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith(COMMENT)) {
        continue;
      }
      int at = line.indexOf(IS);
      if (at < 0 || entries.put(line.substring(0, at), line.substring(at + IS.length())) != null) {
        throw new IllegalArgumentException(
            "expected 'precision direction shape = implementation', each once, got '%s' (%s, line %d)"
                .formatted(line, from, number));
      }
    }
    return new Choices(entries);
  }

  /** The same table with one entry more. */
  Choices with(Precision precision, Direction direction, ConvolutionShape shape, String name) {
    SortedMap<String, String> more = new TreeMap<>(entries);
    more.put(key(precision, direction, shape), name);
    return new Choices(more);
  }

  /** Both tables in one; where both say something, {@code newer} holds. */
  public Choices and(Choices newer) {
    SortedMap<String, String> both = new TreeMap<>(entries);
    both.putAll(newer.entries);
    return new Choices(both);
  }

  /** The name of the implementation, if the table has one. */
  Optional<String> of(Precision precision, Direction direction, ConvolutionShape shape) {
    return Optional.ofNullable(entries.get(key(precision, direction, shape)));
  }

  private static String key(Precision precision, Direction direction, ConvolutionShape shape) {
    return precision + " " + direction + " " + shape;
  }

  /** Whether nothing stands in it. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The SHA-256 of {@link #toString}: what the bits of a result depend on. */
  public Digest digest() {
    return Digest.of(toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return entries.entrySet().stream().map(Choices::line).collect(Collectors.joining());
  }

  private static String line(Map.Entry<String, String> entry) {
    return entry.getKey() + IS + entry.getValue() + "\n";
  }
}
