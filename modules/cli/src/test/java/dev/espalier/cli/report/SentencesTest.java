package dev.espalier.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.report.Comparison;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Arm;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static final Arm TICKET = Arm.of(Objective.LABELS, Evaluation.TICKET);

  @Test
  void aClearDifferenceIsCalledClear() {
    assertThat(Sentences.sentence(new Comparison(TICKET, Arm.RANDOM, 3, 0.512, 0.0531, 0.0062)))
        .isEqualTo(
            "At 51.2 % density labels/ticket is clearly better than random: +5.31 points, pooled"
                + " standard error 0.62.");
  }

  @Test
  void theRandomControlIsWhatOthersAreHeldTo() {
    assertThat(Sentences.sentence(new Comparison(Arm.RANDOM, TICKET, 3, 0.512, 0.0531, 0.0062)))
        .startsWith("At 51.2 % density labels/ticket is clearly worse than random: −5.31 points");
  }

  @Test
  void aDifferenceWithinTwiceTheErrorIsNoVerdict() {
    assertThat(Sentences.sentence(new Comparison(TICKET, Arm.RANDOM, 3, 0.512, 0.012, 0.0062)))
        .contains("labels/ticket is not clearly apart from random: +1.20 points");
  }
}
