package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.Providers;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider's plan owes its caller. */
class PlanTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void labelsThatAreNoClassOrTooFewAreRefused(String provider) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = Providers.named(provider, 1).compile(NETWORK, parameters, 2)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.labels(new int[] {0, 10}))
          .withMessageContaining("labels from 0 to 9");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.labels(new int[] {0}))
          .withMessageContaining("expected 2 labels");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void aDivergedLossIsReturnedAsItIs(String provider) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = Providers.named(provider, 1).compile(NETWORK, parameters, 2)) {
      Formula.weights(parameters, 1);
      Formula.batch(plan, 10, 2);
      plan.images().put(5, Float.NaN);
      assertThat(plan.step(Update.NONE)).isNaN();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void plansOfOtherBatchesShareTheParameters(String provider) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan two = Providers.named(provider, 1).compile(NETWORK, parameters, 2);
        Plan four = Providers.named(provider, 1).compile(NETWORK, parameters, 4)) {
      Formula.weights(parameters, 1);
      Formula.batch(two, 10, 2);
      Formula.batch(four, 10, 2);
      two.step(Update.sgd(0.1, 0.9, false, 0));
      two.evaluate();
      four.evaluate();
      for (int i = 0; i < two.logits().limit(); i++) {
        assertThat(four.logits().get(i)).isCloseTo(two.logits().get(i), within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void anEvaluationChangesNothing(String provider) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = Providers.named(provider, 1).compile(NETWORK, parameters, 2)) {
      Formula.weights(parameters, 1);
      Formula.batch(plan, 10, 2);
      float[] weights = parameters.floats(Buffer.WEIGHTS);
      float[] statistics = parameters.floats(Buffer.STATISTICS);
      plan.evaluate();
      assertThat(parameters.floats(Buffer.WEIGHTS)).isEqualTo(weights);
      assertThat(parameters.floats(Buffer.STATISTICS)).isEqualTo(statistics);
    }
  }
}
