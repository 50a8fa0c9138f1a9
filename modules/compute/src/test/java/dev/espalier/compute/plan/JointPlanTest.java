package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.Providers;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JointPlanTest {
  private static final Architecture LARGE =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final Architecture SMALL = LARGE.seeing(new Volume(3, 20));
  private static final Update UPDATE = Update.sgd(0.1, 0.9, false, 1e-4);

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void gradientsAndLossesOfAllPlansAddUp(String provider) {
    try (Both alone = new Both(provider);
        Both together = new Both(provider)) {
      Plan joint = together.joined(together.large, together.small);
      fill(joint.images(), alone.large.images(), alone.small.images());
      joint.labels(Formula.labels(2, 10));
      alone.large.labels(Formula.labels(2, 10));
      together.small.loss(JointPlanTest::squares);
      alone.small.loss(JointPlanTest::squares);

      double first = alone.large.pass();
      double[] ofLarge = alone.parameters.doubles(Buffer.GRADIENTS);
      double second = alone.small.pass();
      double[] ofSmall = alone.parameters.doubles(Buffer.GRADIENTS);
      double both = joint.pass();

      assertThat(both).isEqualTo(first + second);
      double[] sum = together.parameters.doubles(Buffer.GRADIENTS);
      for (int i = 0; i < sum.length; i++) {
        assertThat(sum[i]).isCloseTo(ofLarge[i] + ofSmall[i], within(1e-6));
      }
      assertThat(together.parameters.floats(Buffer.STATISTICS))
          .isEqualTo(alone.parameters.floats(Buffer.STATISTICS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "nd4j"})
  void ofOnePlanItIsThatPlan(String provider) {
    try (Both alone = new Both(provider);
        Both together = new Both(provider)) {
      Plan joint = together.joined(together.large);
      Formula.batch(alone.large, 10, 2);
      Formula.batch(joint, 10, 2);

      assertThat(joint.step(UPDATE)).isEqualTo(alone.large.step(UPDATE));

      assertThat(together.parameters.floats(Buffer.WEIGHTS))
          .isEqualTo(alone.parameters.floats(Buffer.WEIGHTS));
      joint.evaluate();
      alone.large.evaluate();
      assertThat(Numbers.doubles(joint.logits())).isEqualTo(Numbers.doubles(alone.large.logits()));
      assertThat(Numbers.doubles(joint.features()))
          .isEqualTo(Numbers.doubles(alone.large.features()));
    }
  }

  private static void fill(FloatBuffer joint, FloatBuffer large, FloatBuffer small) {
    for (int i = 0; i < joint.limit(); i++) {
      float value = (float) Formula.at(9, i);
      joint.put(i, value);
      if (i < large.limit()) {
        large.put(i, value);
      } else {
        small.put(i - large.limit(), value);
      }
    }
  }

  private static double squares(double[] outputs, double[] gradient) {
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      loss += outputs[i] * outputs[i] / outputs.length;
      gradient[i] = 2 * outputs[i] / outputs.length;
    }
    return loss;
  }

  /** A network for pictures of two sizes. */
  private static final class Both implements AutoCloseable {
    final Parameters parameters = Parameters.float32(LARGE);
    final Plan large;
    final Plan small;
    private final List<Plan> open = new ArrayList<>();

    Both(String provider) {
      large = Providers.named(provider, 1).compile(LARGE, parameters, 2);
      small = Providers.named(provider, 1).compile(SMALL, parameters, 3);
      open.addAll(List.of(large, small));
      Formula.weights(parameters, 1);
    }

    Plan joined(Plan... plans) {
      Plan joint = new JointPlan(parameters, List.of(plans));
      open.removeAll(List.of(plans));
      open.add(joint);
      return joint;
    }

    @Override
    public void close() {
      open.forEach(Plan::close);
      parameters.close();
    }
  }
}
