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
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider's plan owes its caller. */
class PlanTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final Update UPDATE = Update.sgd(0.1, 0.9, false, 1e-4);

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

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void aLossOfOnesOwnIsStepped(String provider) {
    double[] ofLabels = stepped(provider, plan -> {});
    double[] own = stepped(provider, plan -> plan.loss(PlanTest::crossEntropy));
    double[] other = stepped(provider, plan -> plan.loss(PlanTest::squares));
    double[] again =
        stepped(
            provider,
            plan -> {
              plan.loss(PlanTest::squares);
              plan.labels(Formula.labels(4, 10));
            });

    assertThat(own).containsExactly(ofLabels, within(1e-6));
    assertThat(Numbers.relativeError(other, ofLabels, 0, other.length)).isGreaterThan(0.01);
    assertThat(again).isEqualTo(ofLabels);
  }

  /** The loss before and after a step, and all weights. */
  private static double[] stepped(String provider, Consumer<Plan> choice) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = Providers.named(provider, 1).compile(NETWORK, parameters, 4)) {
      Formula.weights(parameters, 1);
      Formula.batch(plan, 10, 2);
      choice.accept(plan);
      double first = plan.step(Update.sgd(0.1, 0.9, false, 0));
      double second = plan.gradients();
      return DoubleStream.concat(
              DoubleStream.of(first, second), Arrays.stream(parameters.doubles(Buffer.WEIGHTS)))
          .toArray();
    }
  }

  private static double crossEntropy(double[] outputs, double[] gradient) {
    int[] labels = Formula.labels(4, 10);
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      int from = i / 10 * 10;
      double sum = Arrays.stream(outputs, from, from + 10).map(Math::exp).sum();
      boolean right = labels[i / 10] == i - from;
      gradient[i] = (Math.exp(outputs[i]) / sum - (right ? 1 : 0)) / 4;
      loss += right ? (Math.log(sum) - outputs[i]) / 4 : 0;
    }
    return loss;
  }

  private static double squares(double[] outputs, double[] gradient) {
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      loss += outputs[i] * outputs[i] / outputs.length;
      gradient[i] = 2 * outputs[i] / outputs.length;
    }
    return loss;
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void aPassIsAStepButForTheUpdate(String provider) {
    try (Parameters whole = Parameters.float32(NETWORK);
        Parameters parts = Parameters.float32(NETWORK);
        Plan stepping = Providers.named(provider, 1).compile(NETWORK, whole, 2);
        Plan passing = Providers.named(provider, 1).compile(NETWORK, parts, 2)) {
      Formula.weights(whole, 1);
      Formula.weights(parts, 1);
      Formula.batch(stepping, 10, 2);
      Formula.batch(passing, 10, 2);
      stepping.step(UPDATE);
      passing.pass();
      float[] statistics = parts.floats(Buffer.STATISTICS);
      float[] gradients = parts.floats(Buffer.GRADIENTS);

      assertThat(statistics).isEqualTo(whole.floats(Buffer.STATISTICS));
      assertThat(gradients).isEqualTo(whole.floats(Buffer.GRADIENTS));
      passing.gradients();
      assertThat(parts.floats(Buffer.STATISTICS)).isEqualTo(statistics);
      passing.update(UPDATE);
      assertThat(parts.floats(Buffer.WEIGHTS)).isEqualTo(whole.floats(Buffer.WEIGHTS));
      assertThat(parts.floats(Buffer.MOMENTS)).isEqualTo(whole.floats(Buffer.MOMENTS));
    }
  }
}
