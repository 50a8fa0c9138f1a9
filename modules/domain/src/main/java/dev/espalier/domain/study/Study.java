package dev.espalier.domain.study;

import java.util.HashSet;
import java.util.List;

/**
 * What a user submits: networks trained on some objectives, pruned by one recipe, and judged, once
 * a seed.
 *
 * @param data the images
 * @param network what is trained
 * @param seeds one repetition each, at least one, all different
 * @param objectives what is trained on, at least one, all different
 * @param training how
 * @param pruning how weights are removed
 * @param evaluations how what is left is judged, all different; may be empty
 * @param precision the number format of a step
 */
public record Study(
    DataSpec data,
    Network network,
    List<Long> seeds,
    List<Objective> objectives,
    Training training,
    Pruning pruning,
    List<Evaluation> evaluations,
    Precision precision) {
  /**
   * Checks and copies the lists.
   *
   * @throws IllegalArgumentException when one that must not be is empty, or one repeats itself
   */
  public Study {
    seeds = distinct("seed", seeds);
    objectives = distinct("objective", objectives);
    evaluations = distinct("evaluation", evaluations);
    if (seeds.isEmpty() || objectives.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one seed and one objective, got seeds "
              + seeds
              + " and objectives "
              + objectives);
    }
  }

  private static <T> List<T> distinct(String what, List<T> values) {
    if (new HashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException("expected each " + what + " once, got " + values);
    }
    return List.copyOf(values);
  }

  /** The same study on {@code pinned} data. */
  public Study on(DataSpec pinned) {
    return new Study(pinned, network, seeds, objectives, training, pruning, evaluations, precision);
  }
}
