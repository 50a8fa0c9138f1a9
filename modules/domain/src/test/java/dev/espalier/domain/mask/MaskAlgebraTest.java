package dev.espalier.domain.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of masks as sets of weights, held to the weights one by one. */
class MaskAlgebraTest {
  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void operationsAreThoseOfEachBit(long seed) {
    Random random = new Random(seed);
    int length = 1 + random.nextInt(300);
    TensorMask one = tensor("w", length, random);
    TensorMask two = tensor("w", length, random);

    for (int i = 0; i < length; i++) {
      assertThat(one.and(two).keeps(i)).isEqualTo(one.keeps(i) && two.keeps(i));
      assertThat(one.or(two).keeps(i)).isEqualTo(one.keeps(i) || two.keeps(i));
      assertThat(one.xor(two).keeps(i)).isEqualTo(one.keeps(i) != two.keeps(i));
      assertThat(one.not().keeps(i)).isEqualTo(!one.keeps(i));
    }
    assertThat(TensorMask.copyOf("w", List.of(length), one.bits())).isEqualTo(one);
    assertThat(TensorMask.takeOwnershipOf("w", List.of(length), one.words())).isEqualTo(one);
    assertThat(TensorMask.dense("w", List.of(length)).count()).isEqualTo(length);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void masksFormAnAlgebraOfSets(long seed) {
    Random random = new Random(seed);
    List<Integer> lengths = List.of(1 + random.nextInt(200), 64, 1 + random.nextInt(9));
    Mask one = mask(lengths, random);
    Mask two = mask(lengths, random);

    assertThat(one.not().not()).isEqualTo(one);
    assertThat(one.and(two).not()).isEqualTo(one.not().or(two.not()));
    assertThat(one.xor(two)).isEqualTo(one.or(two).and(one.and(two).not()));
    assertThat(one.and(two).isWithin(one)).isTrue();
    assertThat(one.isWithin(one.or(two))).isTrue();
    assertThat(one.count() + two.count()).isEqualTo(one.and(two).count() + one.or(two).count());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anOverlapCountsWhatBothAndEitherKeep(long seed) {
    Random random = new Random(seed);
    List<Integer> lengths = List.of(100, 1 + random.nextInt(200));
    Mask one = mask(lengths, random);
    Mask two = mask(lengths, random);

    Overlap overlap = one.overlap(two);

    assertThat(overlap.both()).isEqualTo(one.and(two).count());
    assertThat(overlap.either()).isEqualTo(one.or(two).count());
    assertThat(overlap.iou()).isEqualTo((double) overlap.both() / overlap.either());
    assertThat(one.overlaps(two)).hasSize(2);
    assertThat(one.overlaps(two).get(0).plus(one.overlaps(two).get(1))).isEqualTo(overlap);
    assertThat(one.overlap(one).iou()).isEqualTo(1);
    assertThat(one.overlap(one.not()).iou()).isZero();
    assertThat(overlap.agreement())
        .isCloseTo((double) one.xor(two).not().count() / overlap.total(), within(1e-12));
    assertThat(one.overlap(one).agreement()).isEqualTo(1);
    assertThat(one.overlap(one.not()).agreement()).isZero();
  }

  @Test
  void chanceIsWhatRandomMasksOfTheSameDensitiesGive() {
    Random random = new Random(5);
    int total = 4_000;
    double sum = 0;
    double agreements = 0;
    int draws = 200;
    Overlap last = new Overlap(0, 0, 0, 1);
    for (int draw = 0; draw < draws; draw++) {
      last = exactly(total, 800, random).overlap(exactly(total, 1_600, random));
      sum += last.iou();
      agreements += last.agreement();
    }

    assertThat(last.first()).isEqualTo(800);
    assertThat(last.chanceIou()).isCloseTo(320.0 / 2_080, within(1e-12));
    assertThat(sum / draws).isCloseTo(last.chanceIou(), within(3e-3));
    assertThat(agreements / draws).isCloseTo(last.chanceAgreement(), within(3e-3));
    assertThat(Overlap.chanceByTensor(List.of(last))).isCloseTo(last.chanceIou(), within(1e-12));
  }

  @Test
  void masksThatKeepNothingAgree() {
    Overlap nothing = new Overlap(0, 0, 0, 7);

    assertThat(nothing.iou()).isEqualTo(1);
    assertThat(nothing.shared()).isEqualTo(1);
    assertThat(nothing.chanceIou()).isEqualTo(1);
    assertThat(new Overlap(2, 4, 3, 7).shared()).isEqualTo(0.5);
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Overlap(3, 2, 4, 9)).hasMessageContaining("got 3 in both");
    assertThatThrownBy(() -> new Overlap(1, 5, 6, 9)).hasMessageContaining("5 and 6 of 9");
  }

  @Test
  void masksOfDifferentNetworksAreNotCombined() {
    Random random = new Random(1);
    Mask one = mask(List.of(5), random);

    assertThatThrownBy(() -> one.and(mask(List.of(6), random)))
        .hasMessage(
            "expected another mask of layer0.weight of shape [5], got one of layer0.weight of"
                + " shape [6]");
    assertThatThrownBy(() -> one.overlap(mask(List.of(5, 6), random)))
        .hasMessage("expected another mask of 1 tensors, got one of 2");
  }

  @Test
  void wordsThatDoNotFitTheShapeAreRefused() {
    assertThatThrownBy(() -> TensorMask.takeOwnershipOf("w", List.of(65), new long[1]))
        .hasMessage("expected 2 words of mask for w of shape [65], spare bits 0, got 1");
    assertThatThrownBy(() -> TensorMask.takeOwnershipOf("w", List.of(3), new long[] {1}))
        .hasMessageContaining("spare bits 0");
  }

  private static TensorMask exactly(int total, int kept, Random random) {
    boolean[] bits = new boolean[total];
    for (int left = kept; left > 0; ) {
      int index = random.nextInt(total);
      left -= bits[index] ? 0 : 1;
      bits[index] = true;
    }
    return TensorMask.of("w", List.of(total), bits);
  }

  private static Mask mask(List<Integer> lengths, Random random) {
    List<TensorMask> tensors = new ArrayList<>();
    for (int length : lengths) {
      tensors.add(tensor("layer" + tensors.size() + ".weight", length, random));
    }
    return Mask.of(tensors);
  }

  private static TensorMask tensor(String name, int length, Random random) {
    boolean[] kept = new boolean[length];
    for (int i = 0; i < length; i++) {
      kept[i] = random.nextInt(3) > 0;
    }
    return TensorMask.of(name, List.of(length), kept);
  }
}
