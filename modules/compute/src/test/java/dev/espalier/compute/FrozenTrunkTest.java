package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.probe.FrozenTrunk;
import dev.espalier.compute.probe.LinearProbe;
import dev.espalier.compute.probe.NearestNeighbours;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.TaskException;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Setting;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenTrunkTest {
  private final Provider provider = Providers.named(Providers.DEFAULT, 1);
  private final Setting setting = Tasks.setting(1);
  private final Reading reading =
      new Reading(Datasets.open(setting.data(), Map.of()), setting.training().augmentation(), 1, 1);
  private final Apparatus apparatus = apparatus();

  private Apparatus apparatus() {
    Lesson lesson = new Lesson(reading, Objective.LABELS, setting.training());
    Apparatus opened = Apparatus.open(provider, lesson, setting);
    Initialisation.draw(opened.parameters(), 1, Initialisation.Purpose.W0);
    return opened;
  }

  @AfterAll
  void close() {
    apparatus.close();
  }

  private FrozenTrunk upTo(String module) {
    return FrozenTrunk.upTo(module, apparatus, provider, Precision.FLOAT32);
  }

  private static float[] features(Plan plan) {
    Random random = new Random(5);
    FloatBuffer images = plan.images();
    while (images.hasRemaining()) {
      images.put((float) random.nextGaussian());
    }
    plan.evaluate();
    float[] features = new float[plan.features().limit()];
    plan.features().get(features);
    return features;
  }

  @Test
  void upToTheLastPoolingTheFeaturesAreThoseOfTheWhole() {
    try (FrozenTrunk trunk = upTo("avgpool")) {
      assertThat(features(trunk.plan())).isEqualTo(features(apparatus.plan()));
    }
  }

  @Test
  void everyProbeReadsAModuleInside() {
    try (FrozenTrunk trunk = upTo("layer1")) {
      assertThat(features(trunk.plan())).hasSize(16 * 16).isNotEqualTo(features(apparatus.plan()));
      Score inside = NearestNeighbours.of(reading, trunk.plan(), 200, 0.07);
      Score outside = NearestNeighbours.of(reading, apparatus.plan(), 200, 0.07);

      assertThat(inside.loss()).isBetween(0.0, 1.0).isNotEqualTo(outside.loss());
      assertThat(LinearProbe.of(reading, trunk.plan()).loss()).isPositive();
      assertThat(LinearProbe.supportVectors(reading, trunk.plan(), 1).loss()).isPositive();
    }
  }

  @Test
  void aModuleThatIsNotThereIsTheTasksFault() {
    assertThatThrownBy(() -> upTo("layer9"))
        .isInstanceOf(TaskException.class)
        .hasMessageStartingWith("expected a module of resnet8, one of [conv1, bn1, relu, layer1, ")
        .hasMessageEndingWith("or one within these, got layer9");
  }

  @Test
  void aCostThatIsNoneIsRefused() {
    assertThatThrownBy(() -> LinearProbe.supportVectors(reading, apparatus.plan(), 0))
        .hasMessage("expected a cost above 0, got 0.0");
  }
}
