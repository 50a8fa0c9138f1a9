package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.study.Augmentation;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmenterTest {
  private static final Dataset DATA = Glyphs.generate(40, 1);
  private static final Normalisation NORMALISATION = DATA.normalisation();

  @Test
  void aPlainInputIsTheNormalisedPictureChannelsLast() {
    float[] input = new float[Images.VALUES];

    new Augmenter(NORMALISATION, Augmentation.STANDARD, 1).plain(DATA.train(), 3, input);

    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(input[(row * 32 + column) * 3 + channel])
              .isEqualTo(NORMALISATION.input(channel, DATA.train().value(3, channel, row, column)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aVariedInputIsACropOfThePaddedPicturePerhapsMirrored(long seed) {
    Augmenter augmenter = new Augmenter(NORMALISATION, Augmentation.of(true, 2), seed);
    float[] input = new float[Images.VALUES];
    Set<String> views = new HashSet<>();
    for (int index = 0; index < 40; index++) {
      augmenter.varied(DATA.train(), index, 7, input);
      views.add(viewOf(input, index));
    }

    assertThat(views).doesNotContain("none").hasSizeGreaterThan(15);
  }

  /** The view that explains every value of the input, found by trying all. */
  private static String viewOf(float[] input, int index) {
    for (int down = -2; down <= 2; down++) {
      for (int right = -2; right <= 2; right++) {
        for (boolean mirrored : new boolean[] {false, true}) {
          if (shows(input, index, down, right, mirrored)) {
            return down + " " + right + " " + mirrored;
          }
        }
      }
    }
    return "none";
  }

  private static boolean shows(float[] input, int index, int down, int right, boolean mirrored) {
    for (int i = 0; i < Images.VALUES; i++) {
      int channel = i % 3;
      int row = i / 3 / 32 + down;
      int column = (mirrored ? 31 - i / 3 % 32 : i / 3 % 32) + right;
      boolean padded = row < 0 || row > 31 || column < 0 || column > 31;
      int value = padded ? 0 : DATA.train().value(index, channel, row, column);
      if (input[i] != NORMALISATION.input(channel, value)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void whatAnEpochSeesIsAFunctionOfSeedEpochAndIndex() {
    float[] once = varied(1, 2, 3);

    assertThat(varied(1, 2, 3)).isEqualTo(once);
    assertThat(varied(2, 2, 3)).isNotEqualTo(once);
    assertThat(varied(1, 3, 3)).isNotEqualTo(once);
  }

  private static float[] varied(long seed, int epoch, int index) {
    float[] input = new float[Images.VALUES];
    new Augmenter(NORMALISATION, Augmentation.STANDARD, seed)
        .varied(DATA.train(), index, epoch, input);
    return input;
  }

  @Test
  void aQuarterTurnIsATransposeThenAFlipUpDown() {
    float[] input = varied(1, 1, 1);
    float[] turned = new float[Images.VALUES];

    Rotation.turn(input, 1, turned);

    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        assertThat(turned[(row * 32 + column) * 3]).isEqualTo(input[(column * 32 + 31 - row) * 3]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void quarterTurnsAddUpToAWholeOne(int quarters) {
    float[] input = varied(1, 1, 1);
    float[] turned = input.clone();
    float[] next = new float[Images.VALUES];
    for (int i = 0; i < quarters; i++) {
      Rotation.turn(turned, 1, next);
      turned = next.clone();
    }
    float[] direct = new float[Images.VALUES];

    Rotation.turn(input, quarters, direct);

    assertThat(direct).isEqualTo(turned);
  }

  @Test
  void anEpochTakesEveryImageOnceAndEpochsDiffer() {
    BatchOrder order = new BatchOrder(1, 100, 30);

    assertThat(order.stepsPerEpoch()).isEqualTo(3);
    assertThat(order.of(0)).doesNotHaveDuplicates().hasSize(100);
    assertThat(order.of(0)).isEqualTo(new BatchOrder(1, 100, 30).of(0));
    assertThat(order.of(0)).isNotEqualTo(order.of(1));
  }
}
