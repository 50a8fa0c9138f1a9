package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.compute.network.Volume;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubsetTest {
  private static final int CLASSES = 7;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /** Pictures of one grey pixel whose labels are those. */
  private static Images labelled(int... labels) {
    byte[] records = new byte[2 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      records[2 * i] = (byte) labels[i];
    }
    return Records.takeOwnershipOf(new Volume(1, 1), records);
  }

  /** Images in random order, {@code each} of every class. */
  private static Images balanced(int each, long seed) {
    int[] labels = new int[each * CLASSES];
    Random random = new Random(seed);
    for (int i = 0; i < labels.length; i++) {
      int other = random.nextInt(i + 1);
      labels[i] = labels[other];
      labels[other] = i % CLASSES;
    }
    return labelled(labels);
  }

  private static int[] counts(Images images, Subset subset) {
    int[] counts = new int[CLASSES];
    for (int index : subset.indices()) {
      counts[images.label(index)]++;
    }
    return counts;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFractionOfTheImagesHasAsManyOfEveryClass(long seed) {
    Images images = balanced(20, seed);

    int[] tenth = counts(images, Subset.ofImages(images, CLASSES, 0.1, seed));

    assertThat(tenth).containsOnly(2);
    assertThat(counts(images, Subset.ofImages(images, CLASSES, 1e-4, seed))).containsOnly(1);
    assertThat(Subset.ofImages(images, CLASSES, 1, seed).count()).isEqualTo(images.count());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFractionOfTheClassesHasAllOfTheirImages(long seed) {
    Images images = balanced(5, seed);

    int[] counts = counts(images, Subset.ofClasses(images, CLASSES, 0.3, seed));

    assertThat(counts).containsOnly(0, 5);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(2 * 5);
    assertThat(Subset.ofClasses(images, CLASSES, 0.01, seed).count()).isEqualTo(5);
    assertThat(Subset.ofClasses(images, CLASSES, 1, seed).count()).isEqualTo(images.count());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSmallerFractionLiesWithinTheLarger(long seed) {
    Images images = balanced(20, seed);
    double[] fractions = {0.01, 0.1, 0.3, 0.5, 1};
    for (int i = 1; i < fractions.length; i++) {
      Subset few = Subset.ofImages(images, CLASSES, fractions[i - 1], seed);
      Subset many = Subset.ofImages(images, CLASSES, fractions[i], seed);
      Subset fewClasses = Subset.ofClasses(images, CLASSES, fractions[i - 1], seed);
      Subset manyClasses = Subset.ofClasses(images, CLASSES, fractions[i], seed);

      assertThat(Arrays.stream(few.indices()).allMatch(many::contains)).isTrue();
      assertThat(Arrays.stream(fewClasses.indices()).allMatch(manyClasses::contains)).isTrue();
    }
  }

  @Test
  void theSeedDecidesWhichImagesAndWhichClasses() {
    Images images = balanced(20, 1);

    assertThat(Subset.ofImages(images, CLASSES, 0.3, 1).indices())
        .isEqualTo(Subset.ofImages(images, CLASSES, 0.3, 1).indices())
        .isNotEqualTo(Subset.ofImages(images, CLASSES, 0.3, 2).indices())
        .isSorted();
    assertThat(
            LongStream.range(0, 9)
                .mapToInt(
                    seed -> images.label(Subset.ofClasses(images, CLASSES, 0.1, seed).index(0)))
                .distinct()
                .count())
        .isGreaterThan(2);
  }

  @Test
  void aClassWithFewerImagesGivesAllOfThem() {
    Images images = labelled(0, 0, 0, 0, 0, 1, 0, 0, 2, 2);

    int[] counts = counts(images, Subset.ofImages(images, 3, 0.6, 1));

    assertThat(counts).startsWith(2, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void aFractionThatIsNoneIsRefused(double fraction) {
    Images images = balanced(2, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Subset.ofImages(images, CLASSES, fraction, 1))
        .withMessage("expected a fraction above 0 and at most 1, got " + fraction);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Subset.ofClasses(images, CLASSES, fraction, 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anEpochOfASubsetTakesEachOfItsImagesOnce(long seed) {
    Images images = balanced(20, seed);
    Subset subset = Subset.ofImages(images, CLASSES, 0.25, seed);

    BatchOrder order = new BatchOrder(seed, subset, 8);

    assertThat(order.stepsPerEpoch()).isEqualTo(35 / 8);
    assertThat(order.of(0)).containsExactlyInAnyOrder(subset.indices());
    assertThat(order.of(0)).isEqualTo(new BatchOrder(seed, subset, 8).of(0));
    assertThat(order.of(0)).isNotEqualTo(order.of(1));
  }

  @Test
  void theOrderOfAllAsASubsetIsAnotherThanThatOfAll() {
    Images images = balanced(20, 1);
    Subset all = Subset.ofImages(images, CLASSES, 1, 1);

    assertThat(new BatchOrder(1, all, 8).of(0)).isNotEqualTo(new BatchOrder(1, 140, 8).of(0));
  }
}
