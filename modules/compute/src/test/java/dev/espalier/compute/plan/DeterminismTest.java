package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final int BATCH = 16;
  private static final int STEPS = 6;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theSameStepsTwiceGiveTheSameBytes(int threads) {
    assertThat(train(threads, 5)).isEqualTo(train(threads, 5));
  }

  @Test
  void otherImagesGiveOtherBytes() {
    assertThat(train(1, 5)).isNotEqualTo(train(1, 6));
  }

  @Test
  void twoPlansSideBySideGiveTheBytesOfEachAlone() throws Exception {
    List<float[]> alone = List.of(train(1, 7), train(1, 8));
    List<Callable<float[]>> both = List.of(() -> train(1, 7), () -> train(1, 8));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<float[]>> together = threads.invokeAll(both);
      assertThat(together.get(0).get()).isEqualTo(alone.get(0));
      assertThat(together.get(1).get()).isEqualTo(alone.get(1));
    }
  }

  @Test
  void aPlanMayBeRunByAnotherThreadThanItsMaker() throws Exception {
    float[] here = train(1, 9);
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = new OneDnnProvider(1).compile(NETWORK, parameters, BATCH);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      assertThat(other.submit(() -> train(parameters, plan, 9)).get()).isEqualTo(here);
    }
  }

  private static float[] train(int threads, long seed) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = new OneDnnProvider(threads).compile(NETWORK, parameters, BATCH)) {
      return train(parameters, plan, seed);
    }
  }

  private static float[] train(Parameters parameters, Plan plan, long seed) {
    Formula.weights(parameters, 1);
    for (int step = 0; step < STEPS; step++) {
      Formula.batch(plan, 10, seed + 100L * step);
      plan.step(Update.sgd(0.05, 0.9, false, 1e-4));
    }
    return concatenated(parameters);
  }

  private static float[] concatenated(Parameters parameters) {
    List<float[]> buffers =
        Stream.of(Buffer.WEIGHTS, Buffer.MOMENTS, Buffer.STATISTICS)
            .map(parameters::floats)
            .toList();
    float[] all = new float[buffers.stream().mapToInt(buffer -> buffer.length).sum()];
    int at = 0;
    for (float[] buffer : buffers) {
      System.arraycopy(buffer, 0, all, at, buffer.length);
      at += buffer.length;
    }
    return all;
  }
}
