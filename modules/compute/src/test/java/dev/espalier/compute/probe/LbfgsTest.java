package dev.espalier.compute.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
  @Test
  void theLowestPointOfABadlyScaledBowlIsFound() {
    double[] lowest =
        Lbfgs.minimise(
            (point, gradient) -> {
              double value = 0;
              for (int i = 0; i < point.length; i++) {
                double scale = Math.pow(10, i % 4);
                value += scale / 2 * (point[i] - i) * (point[i] - i);
                gradient[i] = scale * (point[i] - i);
              }
              return value;
            },
            12,
            200,
            1e-9);

    for (int i = 0; i < lowest.length; i++) {
      assertThat(lowest[i]).isCloseTo(i, within(1e-7));
    }
  }

  @Test
  void aCurvedValleyIsFollowedToItsEnd() {
    double[] lowest =
        Lbfgs.minimise(
            (p, gradient) -> {
              double across = p[1] - p[0] * p[0];
              gradient[0] = -400 * p[0] * across - 2 * (1 - p[0]);
              gradient[1] = 200 * across;
              return 100 * across * across + (1 - p[0]) * (1 - p[0]);
            },
            2,
            500,
            1e-9);

    assertThat(lowest[0]).isCloseTo(1, within(1e-6));
    assertThat(lowest[1]).isCloseTo(1, within(1e-6));
  }
}
