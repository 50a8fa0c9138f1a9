package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtXentTest {
  @Test
  void imagesAtRightAnglesAreToldByTheirPartner() {
    NtXent loss = new NtXent(2, 0.5);
    loss.begin(0, Samples.images(2, 2));

    double[] outputs = {3, 0, 1, 0, 0, 2, 0, 5};
    assertThat(loss.run(outputs, new double[8]))
        .isCloseTo(Math.log(1 + 2 * Math.exp(-1 / 0.5)), within(1e-14));
  }

  @Test
  void anImageAloneIsToldFromNone() {
    NtXent loss = new NtXent(2, 0.5);
    loss.begin(0, Samples.images(1, 2));

    assertThat(loss.run(Samples.gaussian(1, 4), new double[4])).isCloseTo(0, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLengthOfAnEmbeddingDoesNotMatterAndHasNoGradient(long seed) {
    NtXent loss = new NtXent(4, 0.2);
    double[] outputs = Samples.gaussian(seed, 24);
    double[] longer = outputs.clone();
    for (int i = 8; i < 12; i++) {
      longer[i] *= 17;
    }
    double[] gradient = new double[24];
    loss.begin(0, Samples.images(3, 2));

    assertThat(loss.run(longer, new double[24]))
        .isCloseTo(loss.run(outputs, gradient), within(1e-12));
    for (int at = 0; at < 24; at += 4) {
      assertThat(Rows.dot(outputs, at, gradient, at, 4)).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void viewsThatDoNotFollowEachOtherAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NtXent(2, 0.5).begin(0, new int[] {0, 1, 0, 1}))
        .withMessage("expected two views an image, one after the other, got [0, 1, 0, 1]");
  }
}
