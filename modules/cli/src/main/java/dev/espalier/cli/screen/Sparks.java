package dev.espalier.cli.screen;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A series as a line of bars, eight heights from its least value to its greatest. */
final class Sparks {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparks() {}

  /**
   * {@code values} in so many characters at most, the last value last; nothing of fewer than two.
   *
   * @param values finite
   * @param width at least 2
   */
  static String of(List<Double> values, int width) {
    if (values.size() < 2) {
      return "";
    }
    List<Double> shown = thinned(values, width);
    double least = shown.stream().mapToDouble(value -> value).min().orElse(0);
    double span = shown.stream().mapToDouble(value -> value).max().orElse(0) - least;
    return shown.stream()
        .map(value -> bar(span == 0 ? 0 : (value - least) / span))
        .collect(Collectors.joining());
  }

  /** As many of them as fit, evenly spread, the first and the last among them. */
  private static List<Double> thinned(List<Double> values, int width) {
    int count = Math.min(width, values.size());
    return IntStream.range(0, count)
        .mapToObj(i -> values.get(Math.round((float) i * (values.size() - 1) / (count - 1))))
        .toList();
  }

  private static String bar(double height) {
    int index = (int) Math.min(BARS.length() - 1, Math.floor(height * BARS.length()));
    return BARS.substring(index, index + 1);
  }
}
