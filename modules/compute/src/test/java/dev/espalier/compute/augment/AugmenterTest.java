package dev.espalier.compute.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.DataSpec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmenterTest {
  private static final Dataset DATA =
      Datasets.open(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(40), OptionalInt.of(10)), Map.of());
  private static final Levels LEVELS = Levels.of(DATA.normalisation(), 3);
  private static final int VALUES = DATA.volume().length();

  @Test
  void aPlainInputIsTheNormalisedPictureChannelsLast() {
    float[] input = new float[VALUES];

    new Augmenter(DATA, Augmentation.STANDARD, 1).plain(DATA.train(), 3, input, 0);

    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(input[(row * 32 + column) * 3 + channel])
              .isEqualTo(
                  LEVELS.input(channel, DATA.train().picture(3).value(channel, row, column)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aVariedInputIsACropOfThePaddedPicturePerhapsMirrored(long seed) {
    Augmenter augmenter = new Augmenter(DATA, Augmentation.of(true, 2), seed);
    float[] input = new float[VALUES];
    Set<String> views = new HashSet<>();
    for (int index = 0; index < 40; index++) {
      augmenter.varied(DATA.train(), index, 7, input, 0);
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
    for (int i = 0; i < VALUES; i++) {
      int channel = i % 3;
      int row = i / 3 / 32 + down;
      int column = (mirrored ? 31 - i / 3 % 32 : i / 3 % 32) + right;
      boolean padded = row < 0 || row > 31 || column < 0 || column > 31;
      int value = padded ? 0 : DATA.train().picture(index).value(channel, row, column);
      if (input[i] != LEVELS.input(channel, value)) {
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
    float[] input = new float[VALUES];
    new Augmenter(DATA, Augmentation.STANDARD, seed).varied(DATA.train(), index, epoch, input, 0);
    return input;
  }

  /** As studies that were run before saw them. */
  @Test
  void mirroringAndThePaddedCropKeepTheirBytes() {
    MessageDigest sha256 = Digest.sha256();
    ByteBuffer bytes = ByteBuffer.allocate(VALUES * Float.BYTES);
    float[] input = new float[VALUES];
    for (Augmentation augmentation :
        List.of(Augmentation.STANDARD, Augmentation.of(false, 2), Augmentation.of(true, 0))) {
      Augmenter augmenter = new Augmenter(DATA, augmentation, 7);
      for (int i = 0; i < 50; i++) {
        if (i < 40) {
          augmenter.varied(DATA.train(), i, i % 3, input, 0);
        } else {
          augmenter.plain(DATA.test(), i - 40, input, 0);
        }
        bytes.asFloatBuffer().put(input);
        sha256.update(bytes.array());
      }
    }

    assertThat(Digest.of(sha256))
        .hasToString("sha256:654186031b985f6ffd384048f5758e94d5e66aa82074291d2164d393bd25cb8a");
  }
}
