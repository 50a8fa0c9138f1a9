package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Optimizer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MaskedUpdateTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);

  static Stream<Arguments> cases() {
    return Stream.of(new OneDnnProvider(1), new Nd4jProvider())
        .flatMap(
            provider ->
                Stream.of(
                        Update.sgd(0.1, 0, false, 0),
                        Update.sgd(0.1, 0.9, false, 1e-3),
                        Update.sgd(0.1, 0.9, true, 1e-3))
                    .map(update -> Arguments.of(provider, update)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void prunedWeightsAndMomentsStayPruned(Provider provider, Update update) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = provider.compile(NETWORK, parameters, 4)) {
      Formula.weights(parameters, 1);
      Formula.mask(parameters, 2);
      for (int step = 0; step < 2; step++) {
        Formula.batch(plan, 10, step);
        plan.step(update);
      }
      float[] mask = parameters.floats(Buffer.MASK);
      float[] weights = parameters.floats(Buffer.WEIGHTS);
      float[] moments = parameters.floats(Buffer.MOMENTS);
      int removed = 0;
      for (int i = 0; i < mask.length; i++) {
        if (mask[i] == 0) {
          removed++;
          assertThat(weights[i]).isZero();
          assertThat(moments[i]).isZero();
        }
      }
      assertThat(removed).isBetween(20_000, 27_000);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aMaskOfOnesIsPlainSgdToTheBit(Provider provider, Update update) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = provider.compile(NETWORK, parameters, 4)) {
      Formula.weights(parameters, 1);
      Formula.batch(plan, 10, 3);
      float[] weights = parameters.floats(Buffer.WEIGHTS);
      float[] moments = parameters.floats(Buffer.MOMENTS);
      for (int step = 0; step < 3; step++) {
        plan.step(update);
        plainSgd(weights, moments, parameters.floats(Buffer.GRADIENTS), update);
      }
      assertThat(parameters.floats(Buffer.WEIGHTS)).isEqualTo(weights);
      assertThat(parameters.floats(Buffer.MOMENTS)).isEqualTo(moments);
    }
  }

  private static void plainSgd(float[] weights, float[] moments, float[] gradients, Update update) {
    Optimizer.Sgd sgd = (Optimizer.Sgd) update.optimizer();
    float momentum = (float) sgd.momentum();
    for (int i = 0; i < weights.length; i++) {
      float g = gradients[i] + weights[i] * (float) update.weightDecay();
      moments[i] = moments[i] * momentum + g;
      float direction = sgd.nesterov() ? g + moments[i] * momentum : moments[i];
      weights[i] -= direction * (float) update.learningRate();
    }
  }
}
