package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkhornTest {
  private static final int SAMPLES = 12;
  private static final int PROTOTYPES = 5;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everySampleGivesOneAndInTheLimitPrototypesGetAsMuch(long seed) {
    double[] scores = cosines(seed);

    double[] few = new Sinkhorn(0.05, 3).codes(scores, PROTOTYPES);
    double[] many = new Sinkhorn(0.5, 300).codes(scores, PROTOTYPES);

    for (int sample = 0; sample < SAMPLES; sample++) {
      int at = sample * PROTOTYPES;
      assertThat(Arrays.stream(few, at, at + PROTOTYPES).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(many, at, at + PROTOTYPES).sum()).isCloseTo(1, within(1e-12));
    }
    for (int prototype = 0; prototype < PROTOTYPES; prototype++) {
      double sum = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        sum += many[sample * PROTOTYPES + prototype];
      }
      assertThat(sum).isCloseTo((double) SAMPLES / PROTOTYPES, within(1e-9));
    }
  }

  private static double[] cosines(long seed) {
    return Arrays.stream(Samples.gaussian(seed, SAMPLES * PROTOTYPES)).map(Math::tanh).toArray();
  }

  @Test
  void evenScoresAreCodedEvenly() {
    assertThat(new Sinkhorn(0.05, 3).codes(new double[12], 4))
        .containsExactly(Arrays.stream(new double[12]).map(score -> 0.25).toArray(), within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsAddedToAllScoresChangesNothing(long seed) {
    double[] scores = cosines(seed);
    double[] shifted = Arrays.stream(scores).map(score -> score + 400).toArray();

    assertThat(new Sinkhorn(0.05, 3).codes(shifted, PROTOTYPES))
        .containsExactly(new Sinkhorn(0.05, 3).codes(scores, PROTOTYPES), within(1e-9));
  }

  /** e^(±1) on the diagonal of two by two is doubly stochastic after one scaling. */
  @Test
  void symmetricScoresAreTheirSoftmax() {
    double share = Math.E / (Math.E + 1);

    assertThat(new Sinkhorn(1, 1).codes(new double[] {1, 0, 0, 1}, 2))
        .containsExactly(new double[] {share, 1 - share, 1 - share, share}, within(1e-15));
  }
}
