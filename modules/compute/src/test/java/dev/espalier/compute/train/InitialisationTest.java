package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.train.Initialisation.Purpose;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InitialisationTest {
  /** The tensors of a network as {@code purpose} draws them. */
  private static Map<String, float[]> draw(int classes, long seed, Purpose purpose) {
    try (Parameters parameters =
        Parameters.float32(Architectures.of(KnownNetwork.RESNET20, new Volume(3, 32), classes))) {
      Initialisation.draw(parameters, seed, purpose);
      float[] flat = parameters.floats(Buffer.WEIGHTS);
      Map<String, float[]> tensors = new TreeMap<>();
      for (Slot slot : parameters.slots()) {
        tensors.put(slot.name(), Arrays.copyOfRange(flat, slot.offset(), slot.end()));
      }
      return tensors;
    }
  }

  private static float[] tensor(Map<String, float[]> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name));
  }

  @Test
  void objectivesOfASeedBeginFromTheSameTrunk() {
    Map<String, float[]> labels = draw(10, 5, Purpose.W0);
    Map<String, float[]> rotation = draw(4, 5, Purpose.W0);

    labels.keySet().removeIf(name -> name.startsWith("fc."));
    assertThat(labels)
        .allSatisfy((name, values) -> assertThat(rotation.get(name)).isEqualTo(values));
  }

  @Test
  void seedsAndPurposesBeginElsewhere() {
    float[] tensor = draw(10, 5, Purpose.W0).get("conv1.weight");

    assertThat(draw(10, 5, Purpose.W0).get("conv1.weight")).isEqualTo(tensor);
    assertThat(draw(10, 6, Purpose.W0).get("conv1.weight")).isNotEqualTo(tensor);
    assertThat(draw(10, 5, Purpose.FRESH).get("conv1.weight")).isNotEqualTo(tensor);
  }

  @Test
  void convolutionsHaveTwoOverFanInAsVariance() {
    float[] tensor = tensor(draw(10, 5, Purpose.W0), "layer3.1.conv1.weight"); // (64, 64, 3, 3)

    double sum = 0;
    double squares = 0;
    for (float weight : tensor) {
      sum += weight;
      squares += weight * weight;
    }
    assertThat(sum / tensor.length).isCloseTo(0, within(2e-3));
    assertThat(squares / tensor.length).isCloseTo(2.0 / (64 * 9), within(1e-4));
  }

  @Test
  void theHeadIsWithinItsBoundAndBatchNormIsTheIdentity() {
    Map<String, float[]> tensors = draw(10, 5, Purpose.W0);
    float bound = 1 / 8f; // 1 / sqrt(64)

    for (String name : new String[] {"fc.weight", "fc.bias"}) {
      for (float weight : tensor(tensors, name)) {
        assertThat(Math.abs(weight)).isLessThanOrEqualTo(bound);
      }
    }
    assertThat(tensors.get("bn1.weight")).containsOnly(1f);
    assertThat(tensors.get("bn1.bias")).containsOnly(0f);
  }

  @Test
  void aTrunkGoesOnUnderAHeadOfAnotherKind() {
    Architecture plain = Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
    try (Parameters projecting = Parameters.float32(plain.withProjection(24));
        Parameters classifying = Parameters.float32(plain)) {
      Initialisation.draw(projecting, 5, Purpose.W0);
      WeightsFile.of(projecting, Objective.ROTATION, 3, 1).copyTrunkTo(classifying, 7);

      float[] before = projecting.floats(Buffer.WEIGHTS);
      float[] after = classifying.floats(Buffer.WEIGHTS);
      int trunk = classifying.slots().get(classifying.slots().size() - 2).offset();
      assertThat(Arrays.copyOf(after, trunk)).isEqualTo(Arrays.copyOf(before, trunk));
      assertThat(Arrays.copyOfRange(after, trunk, after.length)).doesNotContain(0f);
    }
  }
}
