package dev.espalier.domain.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void parsingCanonicalBytesGivesTheSameMask(long seed) {
    Mask mask = random(new Random(seed));

    Mask parsed = Mask.parse(mask.canonicalBytes());

    assertThat(parsed).isEqualTo(mask);
    assertThat(parsed.digest()).isEqualTo(mask.digest());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theOrderOfTensorsChangesNothing(long seed) {
    Random random = new Random(seed);
    Mask mask = random(random);
    List<TensorMask> shuffled = new ArrayList<>(mask.tensors());
    Collections.shuffle(shuffled, random);

    assertThat(Mask.of(shuffled).digest()).isEqualTo(mask.digest());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyTruncationOfCanonicalBytesIsRefused(long seed) {
    byte[] bytes = random(new Random(seed)).canonicalBytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Mask.parse(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void canonicalBytesAreGolden() {
    Mask mask =
        Mask.of(
            List.of(
                TensorMask.of("fc.weight", List.of(1, 3), new boolean[] {true, false, true}),
                TensorMask.of(
                    "conv1.weight",
                    List.of(1, 1, 3, 3),
                    new boolean[] {true, true, false, false, false, false, false, false, true})));

    assertThat(HexFormat.of().formatHex(mask.canonicalBytes()))
        .isEqualTo(
            "00000002"
                + "0000000c636f6e76312e776569676874"
                + "0000000400000001000000010000000300000003"
                + "c080"
                + "0000000966632e776569676874"
                + "000000020000000100000003"
                + "a0");
    assertThat(mask.digest().toString())
        .isEqualTo("sha256:e88c46475e913df842187d34cc236739805fc4faf84564581108d76fd9c96e76");
  }

  @Test
  void countsAreThoseOfTheBits() {
    TensorMask tensor =
        TensorMask.of(
            "w",
            List.of(2, 5),
            new boolean[] {true, false, true, true, false, false, false, true, true, false});

    assertThat(tensor.kept()).isEqualTo(new Kept("w", 5, 10));
    assertThat(tensor.keeps(0)).isTrue();
    assertThat(tensor.keeps(9)).isFalse();
    assertThat(Mask.of(List.of(tensor)).summary(Optional.empty()).density()).isEqualTo(0.5);
  }

  @Test
  void aSetSpareBitIsRefused() {
    assertThatThrownBy(() -> TensorMask.copyOf("w", List.of(3), new byte[] {(byte) 0xF0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 spare bits of the mask of w");
  }

  @Test
  void bitsThatDoNotFitTheShapeAreRefused() {
    assertThatThrownBy(() -> TensorMask.copyOf("w", List.of(3, 3), new byte[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 2 bytes of mask for w of shape [3, 3], got 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aMaskIsWithinItselfAndWithinNothingSmaller(long seed) {
    Random random = new Random(seed);
    boolean[] kept = new boolean[50];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextBoolean();
    }
    kept[7] = true;
    boolean[] fewer = kept.clone();
    fewer[7] = false;
    Mask larger = Mask.of(List.of(TensorMask.of("w", List.of(50), kept)));
    Mask smaller = Mask.of(List.of(TensorMask.of("w", List.of(50), fewer)));

    assertThat(larger.isWithin(larger)).isTrue();
    assertThat(smaller.isWithin(larger)).isTrue();
    assertThat(larger.isWithin(smaller)).isFalse();
  }

  private static Mask random(Random random) {
    List<TensorMask> tensors = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      List<Integer> shape = List.of(1 + random.nextInt(4), 1 + random.nextInt(4), 3, 3);
      boolean[] kept = new boolean[shape.get(0) * shape.get(1) * 9];
      for (int j = 0; j < kept.length; j++) {
        kept[j] = random.nextBoolean();
      }
      tensors.add(TensorMask.of("layer" + i + ".conv.weight", shape, kept));
    }
    return Mask.of(tensors);
  }
}
