package dev.espalier.domain.report;

import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.Overlap;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.report.MaskOverlap.Agreement;
import dev.espalier.domain.task.Arm;
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
  private static final double ALIKE = 0.02;

  private final Report report;
  private final Function<MaskPublished, Mask> bits;

  private MaskOverlaps(Report report, Function<MaskPublished, Mask> bits) {
    this.report = report;
    this.bits = bits;
  }

  /**
   * How far the masks of {@code report} agree, level by level: each arm with itself across seeds,
   * and from the same seeds each two that share an objective or a way to remove weights, where
   * their densities are alike. Only where there are two masks.
   *
   * @param bits finds a mask; those of one level are held at a time
   */
  public static List<MaskOverlap> of(Report report, Function<MaskPublished, Mask> bits) {
    MaskOverlaps overlaps = new MaskOverlaps(report, bits);
    return report.masks().stream()
        .map(found -> found.published().round() + 1)
        .distinct()
        .sorted()
        .flatMap(overlaps::at)
        .toList();
  }

  private Stream<MaskOverlap> at(int level) {
    List<Arm> arms = Report.trainedArmsOf(report.content());
    List<SortedMap<Long, Mask>> masks = arms.stream().map(arm -> masks(arm, level)).toList();
    List<MaskOverlap> overlaps = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      for (int j = i; j < arms.size(); j++) {
        if (areComparable(arms.get(i), arms.get(j))) {
          Pair pair = new Pair(arms.get(i), arms.get(j));
          overlap(pair, level, twos(pair, masks.get(i), masks.get(j))).ifPresent(overlaps::add);
        }
      }
    }
    return overlaps.stream();
  }

  private static boolean areComparable(Arm one, Arm other) {
    return one.objective().equals(other.objective()) || one.variant().equals(other.variant());
  }

  /** The masks of a level, by seed. */
  private SortedMap<Long, Mask> masks(Arm arm, int level) {
    SortedMap<Long, Mask> masks = new TreeMap<>();
    int round = report.content().pruningOf(arm.variant()).recipe().roundOf(level);
    for (FoundMask found : report.masks()) {
      MaskPublished mask = found.published();
      if (found.arm().equals(arm) && mask.round() == round) {
        masks.put(mask.seed(), bits.apply(mask));
      }
    }
    return masks;
  }

  private record Two(Mask first, Mask second) {}

  private static List<Two> twos(
      Pair pair, SortedMap<Long, Mask> some, SortedMap<Long, Mask> others) {
    if (pair.isAcrossSeeds()) {
      return acrossSeeds(some);
    }
    boolean sameWay = pair.first().variant().equals(pair.second().variant());
    return sameSeeds(some, others).stream().filter(two -> sameWay || areAlike(two)).toList();
  }

  private static List<Two> sameSeeds(SortedMap<Long, Mask> some, SortedMap<Long, Mask> others) {
    List<Two> pairs = new ArrayList<>();
    some.forEach(
        (seed, mask) ->
            Optional.ofNullable(others.get(seed))
                .ifPresent(other -> pairs.add(new Two(mask, other))));
    return pairs;
  }

  /** Whether they keep about as many weights. */
  private static boolean areAlike(Two two) {
    long one = two.first().count();
    long other = two.second().count();
    return Math.abs(one - other) <= ALIKE * Math.max(one, other);
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
        Spread.of(found.stream().map(tensors -> ifAny(tensors, sum(tensors).iou())).toList()),
        found.stream()
            .mapToDouble(tensors -> ifAny(tensors, sum(tensors).chanceIou()))
            .average()
            .orElseThrow(),
        found.stream().mapToDouble(Overlap::chanceByTensor).average().orElseThrow());
  }

  /** 0 where neither mask keeps anything, so that nothing looks like agreement. */
  private static double ifAny(List<Overlap> tensors, double value) {
    return sum(tensors).either() == 0 ? 0 : value;
  }

  private static Overlap sum(List<Overlap> tensors) {
    return tensors.stream().reduce(Overlap::plus).orElseThrow();
  }
}
