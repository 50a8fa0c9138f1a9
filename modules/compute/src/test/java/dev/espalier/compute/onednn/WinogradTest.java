package dev.espalier.compute.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.Precision;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WinogradTest {
  // Root of the mean square error over that of the values. With up to 128 channels a direct
  // convolution has up to 4e-7, winograd2 as much, winograd4 up to 1.3e-6.
  private static final double BOUND_2 = 5e-7;
  private static final double BOUND_4 = 1.5e-6;
  private static final double BOUND_BF16 = 0.5 / 256; // half a unit of the last of 8 bits

  @ParameterizedTest
  @CsvSource({
    "16, 16, 4, 1, 1", "16, 32, 8, 2, 2", "32, 16, 7, 3, 3", "64, 48, 14, 2, 2",
    "48, 16, 5, 1, 1", "32, 32, 16, 5, 3", "16, 16, 32, 2, 2", "16, 64, 1, 3, 2",
    "64, 16, 2, 5, 1", "128, 64, 4, 4, 2", "16, 16, 3, 1, 3", "80, 96, 6, 2, 1"
  })
  void everyDirectionIsThatOfTheDefinition(int in, int out, int size, int batch, int threads) {
    for (Winograd form : Winograd.values()) {
      double bound = form == Winograd.F2 ? BOUND_2 : BOUND_4;
      try (ConvolutionRig rig =
          new ConvolutionRig(Precision.FLOAT32, in, out, size, batch, threads)) {
        rig.run(rig.winograd(form));
        compare(rig, new PlainConvolution(batch, size, in, out), bound, bound);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 32, 8, 2, 2", "32, 16, 7, 3, 3", "64, 48, 14, 2, 1", "128, 64, 4, 4, 2"})
  void inBf16OnlyWhatIsStoredIsRounded(int in, int out, int size, int batch, int threads) {
    for (Winograd form : Winograd.values()) {
      double bound = form == Winograd.F2 ? BOUND_2 : BOUND_4;
      try (ConvolutionRig rig = new ConvolutionRig(Precision.BF16, in, out, size, batch, threads)) {
        rig.run(rig.winograd(form));
        compare(rig, new PlainConvolution(batch, size, in, out), BOUND_BF16, bound);
      }
    }
  }

  private void compare(ConvolutionRig rig, PlainConvolution plain, double stored, double gradient) {
    float[] input = rig.copy(rig.input);
    float[] outer = rig.copy(rig.outer);
    float[] weights = ConvolutionRig.copy(rig.weights.floatView());
    assertThat(error(rig.copy(rig.output), plain.forward(input, weights)))
        .as("forward")
        .isLessThan(stored);
    assertThat(error(rig.copy(rig.inner), plain.backwardData(outer, weights)))
        .as("backward data")
        .isLessThan(stored);
    float[] gradients = ConvolutionRig.copy(rig.gradient.floatView());
    assertThat(error(gradients, plain.backwardWeights(input, outer)))
        .as("backward weights")
        .isLessThan(gradient);
  }

  private double error(float[] values, double[] expected) {
    double errors = 0;
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      errors += Math.pow(values[i] - expected[i], 2);
      squares += Math.pow(expected[i], 2);
    }
    return Math.sqrt(errors / squares);
  }

  @ParameterizedTest
  @EnumSource(Winograd.class)
  void theSameStepTwiceGivesTheSameBytesWhateverTheSharedMemoryHeld(Winograd form) {
    try (ConvolutionRig rig = new ConvolutionRig(Precision.FLOAT32, 32, 48, 9, 7, 3)) {
      List<Kernel> kernels = rig.winograd(form);
      int bytes = 1 << 20;
      long[] shared = new long[1];
      rig.device.share(bytes, address -> shared[0] = address);
      rig.run(kernels);
      List<float[]> first = results(rig);
      for (int i = 0; i < bytes; i += Lanes.BYTES) {
        Lanes.store(Lanes.load(shared[0]).broadcast(Float.NaN), shared[0] + i);
      }
      rig.run(kernels);
      assertThat(results(rig)).usingRecursiveComparison().isEqualTo(first);
    }
  }

  private List<float[]> results(ConvolutionRig rig) {
    return List.of(
        rig.copy(rig.output), rig.copy(rig.inner), ConvolutionRig.copy(rig.gradient.floatView()));
  }

  @ParameterizedTest
  @EnumSource(Winograd.class)
  void twoSideBySideDoNotDisturbEachOther(Winograd form) throws Exception {
    List<float[]> alone = steps(form, 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<List<float[]>> steps = () -> steps(form, 20);
      Future<List<float[]>> one = threads.submit(steps);
      Future<List<float[]>> other = threads.submit(steps);
      assertThat(one.get(1, TimeUnit.MINUTES)).usingRecursiveComparison().isEqualTo(alone);
      assertThat(other.get(1, TimeUnit.MINUTES)).usingRecursiveComparison().isEqualTo(alone);
    }
  }

  private List<float[]> steps(Winograd form, int count) {
    try (ConvolutionRig rig = new ConvolutionRig(Precision.FLOAT32, 32, 32, 12, 6, 2)) {
      List<Kernel> kernels = rig.winograd(form);
      for (int step = 0; step < count; step++) {
        rig.run(kernels);
      }
      return results(rig);
    }
  }

  @ParameterizedTest
  @EnumSource(Winograd.class)
  void aStepLeavesTheCallersNumberOfThreadsAsItWas(Winograd form) {
    try (ConvolutionRig rig = new ConvolutionRig(Precision.FLOAT32, 16, 16, 4, 1, 2)) {
      rig.run(rig.winograd(form));
      assertThat(OpenMp.threads()).isEqualTo(2);
    }
  }

  @Test
  void whatItCannotComputeIsRefusedByName() {
    try (ConvolutionRig rig = new ConvolutionRig(Precision.FLOAT32, 16, 24, 4, 1, 1)) {
      assertThatThrownBy(() -> rig.winograd(Winograd.F4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("winograd4")
          .hasMessageContaining(rig.shape.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Winograd.class)
  void tablesCallItByItsName(Winograd form) {
    assertThat(Winograd.named(form.toString())).contains(form);
    assertThat(Winograd.named("jit:avx512_core")).isEmpty();
  }
}
