package dev.espalier.domain.study;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a user submits: networks trained on some objectives, pruned by one recipe or by several, and
 * judged, once a seed.
 *
 * @param data the images
 * @param network what is trained
 * @param seeds one repetition each, at least one, all different
 * @param objectives what is trained on, at least one, of different names
 * @param training how, on labels, and on every objective that {@code trainings} says nothing of
 * @param pruning how weights are removed
 * @param evaluations how what is left is judged, all different; may be empty
 * @param precision the number format of a step
 * @param trainings by objective's name: how that is trained
 * @param variants by name: other ways to remove weights, each compared with {@code pruning}
 * @param transfers by name: the data sets that evaluations carry networks over to
 */
public record Study(
    DataSpec data,
    Network network,
    List<Long> seeds,
    List<Objective> objectives,
    Training training,
    Pruning pruning,
    List<Evaluation> evaluations,
    Precision precision,
    SortedMap<String, Training> trainings,
    SortedMap<String, Pruning> variants,
    SortedMap<String, Transfer> transfers) {
  /**
   * Checks and copies the lists.
   *
   * @throws IllegalArgumentException when one that must not be is empty, or one repeats itself, or
   *     something is named that is not there
   */
  public Study {
    seeds = distinct("seed", seeds);
    objectives = List.copyOf(objectives);
    List<String> names = distinct("objective", names(objectives));
    evaluations = distinct("evaluation", evaluations);
    trainings = Collections.unmodifiableSortedMap(new TreeMap<>(trainings));
    variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
    transfers = Collections.unmodifiableSortedMap(new TreeMap<>(transfers));
    if (seeds.isEmpty() || objectives.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one seed and one objective, got seeds "
              + seeds
              + " and objectives "
              + objectives);
    }
    trainings.keySet().forEach(name -> requireNamed("trainings of objectives", name, names));
    for (Evaluation evaluation : evaluations) {
      if (evaluation.protocol().detail() == Protocol.Detail.TRANSFER) {
        requireNamed("evaluations on transfers", evaluation.detail(), transfers.keySet());
      }
    }
  }

  private static List<String> names(List<Objective> objectives) {
    return objectives.stream().map(Objective::toString).toList();
  }

  private static <T> List<T> distinct(String what, List<T> values) {
    if (new HashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException("expected each " + what + " once, got " + values);
    }
    return List.copyOf(values);
  }

  private static void requireNamed(String what, String name, Collection<String> names) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "expected %s of the study, which has %s, got %s".formatted(what, names, name));
    }
  }

  /** A study of one recipe, on one data set, all of whose objectives are trained alike. */
  public Study(
      DataSpec data,
      Network network,
      List<Long> seeds,
      List<Objective> objectives,
      Training training,
      Pruning pruning,
      List<Evaluation> evaluations,
      Precision precision) {
    this(
        data,
        network,
        seeds,
        objectives,
        training,
        pruning,
        evaluations,
        precision,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /** How {@code objective} is trained. */
  public Training trainingOn(Objective objective) {
    Training own = trainings.get(objective.toString());
    return own != null ? own : training.varied(objective::varied);
  }

  /** All ways to remove weights: by the name of the variant, the study's own one first under "". */
  public Map<String, Pruning> prunings() {
    Map<String, Pruning> prunings = new LinkedHashMap<>();
    prunings.put("", pruning);
    prunings.putAll(variants);
    return prunings;
  }

  /** The way of {@code variant}, one of the study's, or its own way under "". */
  public Pruning pruningOf(String variant) {
    return variant.isEmpty() ? pruning : Objects.requireNonNull(variants.get(variant));
  }

  /**
   * How what {@code variant} leaves is judged: where it leaves as much as the study's own way, that
   * one's controls are its controls too.
   */
  public List<Evaluation> evaluationsOf(String variant) {
    boolean alike = !variant.isEmpty() && pruningOf(variant).removesAsMuchAs(pruning);
    return evaluations.stream()
        .filter(evaluation -> !(alike && evaluation.protocol().isControl()))
        .toList();
  }

  /** What {@code evaluation}, one of the study's, carries networks over to. */
  public Transfer transferOf(Evaluation evaluation) {
    return Objects.requireNonNull(transfers.get(evaluation.detail()));
  }

  /** The same study on data that {@code pin} has given digests. */
  public Study on(UnaryOperator<DataSpec> pin) {
    return new Study(
        pin.apply(data),
        network,
        seeds,
        objectives,
        training,
        pruning,
        evaluations,
        precision,
        trainings,
        variants,
        transfers.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    one ->
                        new Transfer(pin.apply(one.getValue().data()), one.getValue().training()),
                    (one, same) -> one,
                    TreeMap::new)));
  }
}
