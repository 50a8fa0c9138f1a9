package dev.espalier.domain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveTest {
  @Test
  void namesSayWhatIsLabelled() {
    assertThat(new Objective.Labels(new Labelled(0.1, Labelled.Of.IMAGES)))
        .hasToString("labels-0.1");
    assertThat(new Objective.Labels(new Labelled(0.1, Labelled.Of.CLASSES)))
        .hasToString("labels-0.1-classes");
    assertThat(Objective.USUAL)
        .map(Objective::toString)
        .containsExactly("labels", "rotation", "exemplar", "npid", "s4l-0.1", "simclr", "swav");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void aShareIsAboveNothingAndAtMostAll(double share) {
    assertThatThrownBy(() -> new Labelled(share, Labelled.Of.IMAGES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + share);
  }

  @Test
  void viewsDifferInWhatTheAugmentationSaysNothingOf() {
    Augmentation plain = Augmentation.of(false, 2);
    Objective exemplar = Objective.USUAL.get(2);

    Augmentation varied = exemplar.varied(plain);

    assertThat(varied.jitter()).isEqualTo(Augmentation.COLOURS_AND_TURNS.jitter());
    assertThat(varied.degrees()).hasValue(10);
    assertThat(varied.flip()).isFalse();
    assertThat(varied.crop()).isEqualTo(2);
    assertThat(exemplar.varied(varied)).isEqualTo(varied);
    assertThat(List.of(Objective.LABELS, Objective.ROTATION))
        .allSatisfy(objective -> assertThat(objective.varied(plain)).isEqualTo(plain));
  }
}
