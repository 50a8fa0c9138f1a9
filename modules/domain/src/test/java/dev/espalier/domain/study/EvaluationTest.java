package dev.espalier.domain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ticket",
        "probe",
        "probe@layer2.0",
        "knn@conv1",
        "svm",
        "finetune",
        "finetune@0.1",
        "transfer@flowers",
        "pruned@flowers",
        "instability"
      })
  void whatIsWrittenIsReadAgain(String text) {
    assertThat(Evaluation.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tickets       | expected one of [ticket, reinit, random,
          ticket@layer1 | expected nothing behind ticket, got "layer1"
          probe@        | expected something behind the @, got "probe@"
          probe@a b     | expected a layer's name behind probe, got "a b"
          finetune@2    | expected a share above 0 and below 1 of the labels behind finetune, got "2"
          finetune@.5   | expected a share above 0 and below 1 of the labels behind finetune, got ".5"
          transfer      | expected the name of a transfer behind transfer, got ""
          """)
  void whatIsNoneIsRefused(String text, String message) {
    assertThatThrownBy(() -> Evaluation.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
