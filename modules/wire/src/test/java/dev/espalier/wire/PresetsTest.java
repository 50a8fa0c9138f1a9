package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
  static Stream<String> names() {
    return Presets.all().stream().map(Presets.Preset::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aPresetStandsForAnObjectiveAndItsTraining(String name) {
    Presets.Preset preset =
        Presets.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();

    Study study =
        parse(
            """
            data: cifar10
            network: resnet18
            objectives: [{preset: %s}]
            training: {epochs: 200}
            pruning: {rounds: 1}
            """
                .formatted(name));

    assertThat(preset.source()).contains("20");
    assertThat(study.objectives()).containsExactly(preset.objective());
    assertThat(study.trainingOn(preset.objective())).isEqualTo(preset.training());
    assertThat(Presets.of(study)).contains(preset);
  }

  @Test
  void keysBesideAPresetAreStronger() {
    Study study =
        parse(
            """
            data: cifar10
            network: resnet18
            objectives: [{preset: caron2020/cifar10-exemplar, views: 2}, rotation]
            training: {preset: caron2020/cifar10-labels, epochs: 3, milestones: []}
            pruning: {rounds: 1}
            """);

    assertThat(study.training().epochs()).isEqualTo(3);
    assertThat(study.training().batch()).isEqualTo(512);
    assertThat(study.trainingOn(Objective.ROTATION)).isEqualTo(study.training());
    assertThat(((Objective.Exemplar) study.objectives().getFirst()).views()).isEqualTo(2);
    assertThat(study.trainingOn(study.objectives().getFirst()).learningRate()).isEqualTo(0.0003);
  }

  @Test
  void ofTheTableOfThePaper() {
    Training labels = training("caron2020/cifar10-labels");

    assertThat(labels.epochs()).isEqualTo(160);
    assertThat(labels.batch()).isEqualTo(512);
    assertThat(labels.learningRate()).isEqualTo(1e-3);
    assertThat(labels.augmentation().crop()).isEqualTo(2);
    assertThat(training("caron2020/imagenet-resnet50-npid").epochs()).isEqualTo(150);
  }

  private static Training training(String name) {
    return Presets.all().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .training();
  }

  @Test
  void anUnknownPresetIsRefusedWithItsLine() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    data: cifar10
                    network: resnet18
                    training: {preset: caron2020/cifar10-label}
                    pruning: {rounds: 1}
                    """))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageContaining(
            "line 3: training.preset: expected a preset, got caron2020/cifar10-label; did you mean"
                + " caron2020/cifar10-labels?");
  }

  private static Study parse(String yaml) {
    return StudyFile.parse(yaml, "x.yaml").study();
  }
}
