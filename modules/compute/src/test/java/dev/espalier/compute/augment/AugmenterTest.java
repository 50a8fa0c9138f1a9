package dev.espalier.compute.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Blur;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.Normalisation;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

  /** A change that next to never happens leaves the picture to what else is asked for. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void paintingGivesWhatCopyingGives(long seed) {
    Augmentation painted = with(OptionalDouble.of(1e-12), Optional.empty());
    Augmenter augmenter = new Augmenter(DATA, painted, seed);
    float[] input = new float[VALUES];
    float[] copied = new float[VALUES];
    for (int index = 0; index < 40; index++) {
      augmenter.varied(DATA.train(), index, 2, input, 0);
      new Augmenter(DATA, Augmentation.STANDARD, seed).varied(DATA.train(), index, 2, copied, 0);

      assertThat(input).containsExactly(copied, within(1e-5f));
    }
  }

  private static Augmentation with(
      OptionalDouble grayscale, Optional<Normalisation> normalisation) {
    return new Augmentation(
        true,
        4,
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        grayscale,
        Optional.empty(),
        normalisation);
  }

  @Test
  void everyChangeIsAFunctionOfSeedEpochAndIndex() {
    Augmentation all =
        new Augmentation(
            true,
            4,
            Optional.of(ResizedCrop.USUAL),
            OptionalDouble.of(15),
            Optional.of(new Jitter(0.4, 0.4, 0.4, 0.1, 0.8)),
            OptionalDouble.of(0.2),
            Optional.of(new Blur(0.5, new Range(0.1, 2))),
            Optional.empty());
    Augmenter once = new Augmenter(DATA, all, 3);
    float[][] inputs = new float[40][VALUES];
    for (int index = 0; index < 40; index++) {
      once.varied(DATA.train(), index, 5, inputs[index], 0);
    }

    Augmenter again = new Augmenter(DATA, all, 3);
    float[] input = new float[VALUES];
    for (int index = 39; index >= 0; index--) {
      again.varied(DATA.train(), index, 5, input, 0);
      assertThat(input).isEqualTo(inputs[index]);
      again.varied(DATA.train(), index, 6, input, 0);
      assertThat(input).isNotEqualTo(inputs[index]);
    }
  }

  @Test
  void anotherNormalisationServesTrainingAndTests() {
    Normalisation halves = new Normalisation(List.of(0.5), List.of(0.25));
    Augmentation augmentation = with(OptionalDouble.empty(), Optional.of(halves));
    float[] input = new float[VALUES];

    new Augmenter(DATA, augmentation, 1).plain(DATA.test(), 0, input, 0);

    int value = DATA.test().picture(0).value(1, 3, 4);
    assertThat(input[(3 * 32 + 4) * 3 + 1]).isCloseTo((value / 255f - 0.5f) / 0.25f, within(1e-6f));
  }

  @Test
  void aNormalisationOfColoursDoesNotFitGreyPictures() {
    assertThatThrownBy(() -> Levels.of(Normalisation.IMAGENET, 1))
        .hasMessage(
            "expected a normalisation of pictures of 1 channel, got means [0.485, 0.456, 0.406] and"
                + " deviations [0.229, 0.224, 0.225]");
  }
}
