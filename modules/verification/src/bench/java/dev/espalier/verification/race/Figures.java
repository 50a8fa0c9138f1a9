package dev.espalier.verification.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the runs of one contestant gave.
 *
 * @param values for each figure, the values of all runs in ascending order
 */
record Figures(Map<String, List<Double>> values) {
  static Figures of(List<Map<String, Double>> runs) {
    Map<String, List<Double>> values = new TreeMap<>();
    runs.forEach(
        run ->
            run.forEach(
                (name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value)));
    values.values().forEach(list -> list.sort(null));
    return new Figures(values);
  }

  /** The median of a figure; the lower of two middle ones. */
  double median(String figure) {
    List<Double> sorted = of(figure);
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** How far apart its values are: (largest − smallest) ÷ median. */
  double spread(String figure) {
    List<Double> sorted = of(figure);
    return (sorted.getLast() - sorted.getFirst()) / median(figure);
  }

  private List<Double> of(String figure) {
    List<Double> sorted = values.get(figure);
    if (sorted == null) {
      throw new IllegalArgumentException(
          "expected the figure " + figure + " among " + values.keySet());
    }
    return sorted;
  }
}
