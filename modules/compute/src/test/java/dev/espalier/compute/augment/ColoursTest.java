package dev.espalier.compute.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.network.Volume;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Jitter;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden values were computed by hand from torchvision's formulas. */
class ColoursTest {
  private static final Offset<Float> CLOSE = within(2e-6f);

  /** Every pixel of a canvas of 5 × 5 (no whole number of vectors) has this colour. */
  private static Canvas plain(float red, float green, float blue) {
    Canvas canvas = new Canvas(new Volume(3, 5));
    float[] colour = {red, green, blue};
    for (int i = 0; i < 75; i++) {
      canvas.values()[i] = colour[i / 25];
    }
    return canvas;
  }

  private static void assertPlain(Canvas canvas, float red, float green, float blue) {
    float[] colour = {red, green, blue};
    for (int i = 0; i < 75; i++) {
      assertThat(canvas.values()[i]).isCloseTo(colour[i / 25], CLOSE);
    }
  }

  private static Canvas any(long seed, int channels, int size) {
    Canvas canvas = new Canvas(new Volume(channels, size));
    Draws draws = Draws.of(seed, "canvas");
    for (int i = 0; i < canvas.values().length; i++) {
      canvas.values()[i] = (float) draws.unit();
    }
    return canvas;
  }

  @Test
  void brightnessMultiplies() {
    Canvas canvas = plain(0.2f, 0.4f, 0.6f);

    new Colours(canvas).brighten(2);

    assertPlain(canvas, 0.4f, 0.8f, 1);
  }

  @Test
  void contrastBlendsWithTheMeanLuminance() {
    Canvas canvas = new Canvas(new Volume(3, 2)); // a white pixel and three black ones
    canvas.values()[1] = 1;
    canvas.values()[5] = 1;
    canvas.values()[9] = 1;

    new Colours(canvas).contrast(0.5f);

    float mean = (0.2989f + 0.587f + 0.114f) / 4;
    assertThat(canvas.values()[0]).isCloseTo(mean / 2, CLOSE);
    assertThat(canvas.values()[1]).isCloseTo(0.5f + mean / 2, CLOSE);
    assertThat(canvas.values()[9]).isCloseTo(0.5f + mean / 2, CLOSE);
  }

  @Test
  void saturationBlendsWithTheLuminance() {
    Canvas canvas = plain(0.2f, 0.4f, 0.6f);

    new Colours(canvas).saturate(0.5f);

    assertPlain(canvas, 0.28149f, 0.38149f, 0.48149f); // the luminance is 0.36298
  }

  @Test
  void withoutColourEveryChannelIsTheLuminance() {
    Canvas canvas = plain(0.2f, 0.4f, 0.6f);

    new Colours(canvas).grey();

    assertPlain(canvas, 0.36298f, 0.36298f, 0.36298f);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.6, 0.4, 0.2",
    "-0.5, 0.6, 0.4, 0.2",
    "0.3333333, 0.6, 0.2, 0.4",
    "-0.3333333, 0.4, 0.6, 0.2",
    "0.1, 0.24, 0.2, 0.6",
    "-0.25, 0.2, 0.6, 0.2"
  })
  void theHueIsTurned(float turns, float red, float green, float blue) {
    Canvas canvas = plain(0.2f, 0.4f, 0.6f);

    new Colours(canvas).turnHue(turns);

    assertPlain(canvas, red, green, blue);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void turningTheHueBackRestoresIt(long seed) {
    Canvas canvas = any(seed, 3, 9);
    float[] before = canvas.values().clone();
    float turns = (float) Draws.of(seed, "turns").between(-0.5, 0.5);
    Colours colours = new Colours(canvas);

    colours.turnHue(turns);
    assertThat(canvas.values()).isNotEqualTo(before);
    colours.turnHue(-turns);

    assertThat(canvas.values()).containsExactly(before, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void valuesStayFromZeroToOne(long seed) {
    Canvas canvas = any(seed, 3, 17);
    float[] before = canvas.values().clone();

    new Colours(canvas).jitter(new Jitter(2, 2, 2, 0.5, 1), Draws.of(seed, "jitter"));

    assertThat(canvas.values()).isNotEqualTo(before);
    for (float value : canvas.values()) {
      assertThat(value).isBetween(-1e-6f, 1 + 1e-6f);
    }
  }

  @Test
  void aShareOfPicturesIsLeftAlone() {
    int same = 0;
    for (int i = 0; i < 400; i++) {
      Canvas canvas = any(1, 3, 4);
      new Colours(canvas).jitter(new Jitter(0.5, 0.5, 0.5, 0.1, 0.25), Draws.of(i, "jitter"));
      same += Arrays.equals(canvas.values(), any(1, 3, 4).values()) ? 1 : 0;
    }

    assertThat(same).isBetween(260, 340);
  }

  @Test
  void greyPicturesHaveNoHue() {
    Canvas canvas = any(1, 1, 6);
    Colours colours = new Colours(canvas);

    colours.turnHue(0.3f);
    colours.saturate(2);

    assertThat(canvas.values()).isEqualTo(any(1, 1, 6).values());
  }
}
