package dev.espalier.fleet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DownsamplingTest {
  private static final int MILLION = 1_000_000;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatStaysIsShortAscendingAndHasTheEndsAndTheExtremes(long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(1 + random.nextInt(3_000), -1, 1).toArray();
    int most = Downsampling.LEAST + random.nextInt(500);

    int[] kept = Downsampling.indices(values, most);

    assertThat(kept).hasSizeLessThanOrEqualTo(most).isSorted().doesNotHaveDuplicates();
    assertThat(kept).startsWith(0).endsWith(values.length - 1);
    assertThat(at(values, kept).min()).isEqualTo(Arrays.stream(values).min());
    assertThat(at(values, kept).max()).isEqualTo(Arrays.stream(values).max());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aShortSeriesIsKeptWhole(long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(random.nextInt(100)).toArray();

    assertThat(Downsampling.indices(values, 100))
        .containsExactly(IntStream.range(0, values.length).toArray());
  }

  @Test
  void spikesOfAMillionPointsStay() {
    double[] values = new Random(7).doubles(MILLION).toArray();
    values[333_333] = 1e9;
    values[333_334] = -1e9;

    int[] kept = Downsampling.indices(values, 500);

    assertThat(kept).hasSize(500).contains(333_333, 333_334);
  }

  @Test
  void whatIsAlwaysTheSameStaysTheSame() {
    double[] values = new double[10_000];

    assertThat(Downsampling.indices(values, 500))
        .hasSizeBetween(2, 500)
        .startsWith(0)
        .endsWith(9_999);
  }

  @Test
  void fewerPointsThanEndsAndExtremesAreRefused() {
    assertThatThrownBy(() -> Downsampling.indices(new double[9], 3))
        .hasMessage("expected at least 4 points, got 3");
  }

  private static DoubleStream at(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]);
  }
}
