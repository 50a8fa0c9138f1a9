package dev.espalier.compute.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.data.Picture;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scaling, cropping, turning and blurring. */
class ShapesTest {
  private static final Offset<Float> CLOSE = within(1e-5f);
  private static final Dataset DATA =
      Datasets.open(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(8), OptionalInt.of(1)), Map.of());
  private static final Picture PICTURE = DATA.train().picture(3);

  private static Canvas painted(Frame frame, int size) {
    Canvas canvas = new Canvas(new Volume(3, size));
    new Scaling().paint(PICTURE, frame, canvas);
    return canvas;
  }

  /** By PIL's precompute_coeffs: 4 values to 2 weigh 3, 3, 1 sevenths; 2 to 4 weigh quarters. */
  @Test
  void aLineIsWeighedAsPilWeighsIt() {
    Taps halved = Taps.of(4, 2, 0, 2);
    assertThat(halved.first(0)).isZero();
    assertThat(halved.weights(0)).containsExactly(new float[] {3 / 7f, 3 / 7f, 1 / 7f}, CLOSE);
    assertThat(halved.first(1)).isEqualTo(1);
    assertThat(halved.weights(1)).containsExactly(new float[] {1 / 7f, 3 / 7f, 3 / 7f}, CLOSE);

    Taps doubled = Taps.of(2, 4, 0, 4);
    assertThat(doubled.weights(0)).containsExactly(1f);
    assertThat(doubled.weights(1)).containsExactly(new float[] {0.75f, 0.25f}, CLOSE);
    assertThat(doubled.weights(2)).containsExactly(new float[] {0.25f, 0.75f}, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"7, 3", "3, 7", "224, 32", "375, 224", "10, 10", "1, 5", "5, 1"})
  void weightsOfALineAddUpToOneInside(int length, int scaled) {
    Taps taps = Taps.of(length, scaled, 0, scaled);

    for (int i = 0; i < scaled; i++) {
      float sum = 0;
      for (float weight : taps.weights(i)) {
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, CLOSE);
      assertThat(taps.first(i)).isNotNegative();
      assertThat(taps.first(i) + taps.weights(i).length).isLessThanOrEqualTo(length);
    }
  }

  @Test
  void aPictureOfTheSameSizeIsCopied() {
    Canvas canvas = painted(Frame.middle(PICTURE, 32, 32), 32);

    for (int i = 0; i < canvas.values().length; i++) {
      assertThat(canvas.values()[i])
          .isCloseTo(PICTURE.value(i / 1024, i % 1024 / 32, i % 32) / 255f, within(1e-7f));
    }
  }

  /** Each value as the weighted mean of a square of the picture, both directions at once. */
  @ParameterizedTest
  @CsvSource({"3, 5, 20, 11, 9", "0, 0, 32, 32, 40", "10, 1, 1, 3, 4"})
  void aScaledPartIsTheWeightedMeanOfItsSquares(
      int top, int left, int height, int width, int size) {
    Frame frame = new Frame(top, left, height, width, size, size, 0, 0);
    Canvas canvas = painted(frame, size);

    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        assertThat(canvas.values()[row * size + column])
            .isCloseTo((float) mean(frame, size, row, column), CLOSE);
      }
    }
  }

  private static double mean(Frame frame, int size, int row, int column) {
    double sum = 0;
    double weights = 0;
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        double weight =
            weight(y, (row + 0.5) * frame.height() / size, (double) frame.height() / size)
                * weight(x, (column + 0.5) * frame.width() / size, (double) frame.width() / size);
        sum += weight * PICTURE.value(0, frame.top() + y, frame.left() + x) / 255;
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static double weight(int at, double centre, double scale) {
    return Math.max(0, 1 - Math.abs(at + 0.5 - centre) / Math.max(1, scale));
  }

  @Test
  void theMiddleIsThatOfTorchvision() {
    Frame frame = Frame.middle(PICTURE, 20, 11);

    assertThat(frame).isEqualTo(new Frame(0, 0, 32, 32, 20, 20, 4, 4)); // 4.5 rounds to even
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aRandomPartHasTheAreaAndRatioThatAreAllowed(long seed) {
    ResizedCrop crop = new ResizedCrop(new Range(0.3, 0.6), new Range(0.75, 4 / 3.0));
    Draws draws = Draws.of(seed, "crops");
    for (int i = 0; i < 200; i++) {
      Frame frame = Frame.random(PICTURE, crop, 24, draws);

      double area = frame.height() * frame.width() / 1024.0;
      assertThat(area).isBetween(0.26, 0.66); // sides are whole numbers
      assertThat((double) frame.width() / frame.height()).isBetween(0.69, 1.45);
      assertThat(frame.top() + frame.height()).isLessThanOrEqualTo(32);
      assertThat(frame.left() + frame.width()).isLessThanOrEqualTo(32);
    }
  }

  @Test
  void whereNoPartFitsTheLargestInTheMiddleIsTaken() {
    ResizedCrop wide = new ResizedCrop(new Range(1, 1), new Range(4, 4));
    ResizedCrop high = new ResizedCrop(new Range(1, 1), new Range(0.25, 0.25));
    Draws draws = Draws.of(1, "crops");

    assertThat(Frame.random(PICTURE, wide, 24, draws))
        .isEqualTo(new Frame(12, 0, 8, 32, 24, 24, 0, 0));
    assertThat(Frame.random(PICTURE, high, 24, draws))
        .isEqualTo(new Frame(0, 12, 32, 8, 24, 24, 0, 0));
  }

  @Test
  void turningByAQuarterMovesEveryPixel() {
    Canvas canvas = painted(Frame.middle(PICTURE, 32, 32), 32);
    float[] before = canvas.values().clone();

    Turning.turn(canvas, 90);

    for (int row = 1; row < 31; row++) {
      for (int column = 1; column < 31; column++) {
        assertThat(canvas.values()[row * 32 + column])
            .isCloseTo(before[column * 32 + 31 - row], within(1e-4f));
      }
    }
  }

  @Test
  void whatIsTurnedInFromOutsideIsBlack() {
    Canvas canvas = new Canvas(new Volume(1, 21));
    Arrays.fill(canvas.values(), 1);

    Turning.turn(canvas, 45);

    assertThat(canvas.values()[0]).isZero(); // a corner
    assertThat(canvas.values()[10 * 21 + 10]).isEqualTo(1); // the middle
    assertThat(canvas.values()[10 * 21]).isCloseTo(1, CLOSE); // between corners, a corner comes in
  }

  @Test
  void aDotIsBlurredByItsWeights() {
    Canvas canvas = new Canvas(new Volume(1, 32)); // a kernel of 3
    canvas.values()[5 * 32 + 7] = 1;

    new Blurring(32).blur(canvas, 1);

    float side = 0.274069f; // exp(−1/2) ÷ (1 + 2 exp(−1/2))
    float middle = 0.451863f;
    assertThat(canvas.values()[5 * 32 + 7]).isCloseTo(middle * middle, CLOSE);
    assertThat(canvas.values()[5 * 32 + 8]).isCloseTo(middle * side, CLOSE);
    assertThat(canvas.values()[4 * 32 + 6]).isCloseTo(side * side, CLOSE);
    assertThat(canvas.values()[3 * 32 + 7]).isZero();
  }

  @Test
  void edgesAreMirroredWithoutTheEdgeItself() {
    Canvas canvas = new Canvas(new Volume(1, 32));
    canvas.values()[1] = 1; // beside the corner: it stands on both sides of it

    new Blurring(32).blur(canvas, 1);

    assertThat(canvas.values()[0]).isCloseTo(2 * 0.274069f * 0.451863f, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"32, 0.1", "64, 2", "224, 1.3"})
  void aPlainPictureStaysPlainWhenItIsBlurred(int size, double sigma) {
    Canvas canvas = new Canvas(new Volume(3, size));
    Arrays.fill(canvas.values(), 0.75f);

    new Blurring(size).blur(canvas, sigma);

    for (float value : canvas.values()) {
      assertThat(value).isCloseTo(0.75f, CLOSE);
    }
  }
}
