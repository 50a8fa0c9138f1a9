package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripletLossTest {
  private static final double[] ON_A_LINE = {0, 1, 3, 5}; // of images 0, 0, 1, 1

  @Test
  void onlyAnAnchorWhosePartnerIsNotNearerByTheMarginCounts() {
    TripletLoss loss = new TripletLoss(1, OptionalDouble.of(0.1));
    double[] gradient = new double[4];
    loss.begin(0, Samples.images(2, 2));

    assertThat(loss.run(ON_A_LINE, gradient)).isCloseTo(0.1 / 4, within(1e-15));

    assertThat(gradient).containsExactly(0, 0.25, -0.5, 0.25);
  }

  @Test
  void softlyEveryAnchorCounts() {
    TripletLoss loss = new TripletLoss(1, OptionalDouble.empty());
    loss.begin(0, Samples.images(2, 2));

    double expected = (soft(1 - 3) + soft(1 - 2) + soft(2 - 2) + soft(2 - 4)) / 4;
    assertThat(loss.run(ON_A_LINE, new double[4])).isCloseTo(expected, within(1e-15));
  }

  private static double soft(double difference) {
    return Math.log(1 + Math.exp(difference));
  }

  @Test
  void softlyADistanceBeyondAllMeasureIsItsLoss() {
    TripletLoss loss = new TripletLoss(1, OptionalDouble.empty());
    loss.begin(0, Samples.images(2, 2));

    assertThat(loss.run(new double[] {0, 8e4, 4e4, 4e4}, new double[4]))
        .isCloseTo(2 * (8e4 - 4e4) / 4, within(1e-6));
  }

  @Test
  void viewsInOnePlaceCostTheMarginAndHaveNoGradient() {
    TripletLoss loss = new TripletLoss(2, OptionalDouble.of(0.3));
    double[] gradient = new double[12];
    loss.begin(0, Samples.images(2, 3));

    assertThat(loss.run(new double[12], gradient)).isCloseTo(0.3, within(1e-15));
    assertThat(gradient).containsOnly(0);
  }

  @Test
  void anImageAloneCostsNothing() {
    TripletLoss loss = new TripletLoss(2, OptionalDouble.of(0.3));
    loss.begin(0, Samples.images(1, 3));

    assertThat(loss.run(Samples.gaussian(1, 6), new double[6])).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void movingAllEmbeddingsTogetherChangesNothing(long seed) {
    TripletLoss loss = new TripletLoss(3, OptionalDouble.of(1));
    double[] outputs = Samples.gaussian(seed, 24);
    double[] moved = outputs.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += i % 3 - 7;
    }
    loss.begin(0, Samples.images(2, 4));

    assertThat(loss.run(moved, new double[24]))
        .isCloseTo(loss.run(outputs, new double[24]), within(1e-12));
  }
}
