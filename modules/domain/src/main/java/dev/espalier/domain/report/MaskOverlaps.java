package dev.espalier.domain.report;

import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.Overlap;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.report.MaskOverlap.Agreement;
import dev.espalier.domain.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares the masks of a study with each other. */
public final class MaskOverlaps {
  private static final String ALL = "all";

  private final Report report;
  private final Function<MaskPublished, Mask> bits;

  private MaskOverlaps(Report report, Function<MaskPublished, Mask> bits) {
    this.report = report;
    this.bits = bits;
  }

  /**
   * How far the masks of {@code report} agree, level by level: pairs of objectives from the same
   * seeds, and each objective with itself across seeds; only where there are two masks.
   *
   * @param bits finds a mask; those of one level are held at a time
   */
  public static List<MaskOverlap> of(Report report, Function<MaskPublished, Mask> bits) {
    MaskOverlaps overlaps = new MaskOverlaps(report, bits);
    return IntStream.rangeClosed(1, report.content().pruning().rounds())
        .boxed()
        .flatMap(overlaps::at)
        .toList();
  }

  private Stream<MaskOverlap> at(int level) {
    List<Objective> objectives = report.content().objectives();
    List<SortedMap<Long, Mask>> masks =
        objectives.stream().map(objective -> masks(objective, level)).toList();
    List<MaskOverlap> overlaps = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      for (int j = i; j < masks.size(); j++) {
        List<Two> pairs =
            i == j ? acrossSeeds(masks.get(i)) : sameSeeds(masks.get(i), masks.get(j));
        Pair pair = new Pair(objectives.get(i), objectives.get(j));
        overlap(pair, level, pairs).ifPresent(overlaps::add);
      }
    }
    return overlaps.stream();
  }

  /** The masks of a level, by seed. */
  private SortedMap<Long, Mask> masks(Objective objective, int level) {
    SortedMap<Long, Mask> masks = new TreeMap<>();
    report.masks().stream()
        .filter(mask -> mask.objective().equals(objective) && mask.round() == level - 1)
        .forEach(mask -> masks.put(mask.seed(), bits.apply(mask)));
    return masks;
  }

  private record Two(Mask first, Mask second) {}

  private static List<Two> sameSeeds(SortedMap<Long, Mask> some, SortedMap<Long, Mask> others) {
    List<Two> pairs = new ArrayList<>();
    some.forEach(
        (seed, mask) ->
            Optional.ofNullable(others.get(seed))
                .ifPresent(other -> pairs.add(new Two(mask, other))));
    return pairs;
  }

  private static List<Two> acrossSeeds(SortedMap<Long, Mask> masks) {
    List<Mask> all = List.copyOf(masks.values());
    List<Two> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        pairs.add(new Two(all.get(i), all.get(j)));
      }
    }
    return pairs;
  }

  private static Optional<MaskOverlap> overlap(Pair pair, int level, List<Two> pairs) {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    List<List<Overlap>> found =
        pairs.stream().map(two -> two.first().overlaps(two.second())).toList();
    List<TensorMask> tensors = pairs.getFirst().first().tensors();
    return Optional.of(
        new MaskOverlap(
            pair,
            level,
            density(found),
            agreement(ALL, found),
            IntStream.range(0, tensors.size())
                .mapToObj(i -> agreement(tensors.get(i).name(), column(found, i)))
                .toList()));
  }

  private static List<List<Overlap>> column(List<List<Overlap>> rows, int index) {
    return rows.stream().map(row -> List.of(row.get(index))).toList();
  }

  private static double density(List<List<Overlap>> found) {
    return found.stream()
        .map(MaskOverlaps::sum)
        .mapToDouble(sum -> (sum.first() + sum.second()) / (2.0 * sum.total()))
        .average()
        .orElseThrow();
  }

  private static Agreement agreement(String name, List<List<Overlap>> found) {
    return new Agreement(
        name,
        Spread.of(found.stream().map(tensors -> sum(tensors).iou()).toList()),
        found.stream().mapToDouble(tensors -> sum(tensors).chanceIou()).average().orElseThrow(),
        found.stream().mapToDouble(MaskOverlaps::chanceByTensor).average().orElseThrow());
  }

  private static Overlap sum(List<Overlap> tensors) {
    return tensors.stream().reduce(Overlap::plus).orElseThrow();
  }

  /** Expected in both by chance are, in each tensor, first × second ÷ total. */
  private static double chanceByTensor(List<Overlap> tensors) {
    double both =
        tensors.stream()
            .mapToDouble(tensor -> (double) tensor.first() * tensor.second() / tensor.total())
            .sum();
    double either = sum(tensors).first() + sum(tensors).second() - both;
    return either == 0 ? 1 : both / either;
  }
}
