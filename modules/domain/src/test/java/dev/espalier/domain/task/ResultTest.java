package dev.espalier.domain.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTest {
  @Test
  void instabilityIsTheGreatestErrorAboveTheMeanOfTheEnds() {
    assertThat(on(List.of(0.9, 0.7, 0.75, 0.8)).instability().orElseThrow())
        .isCloseTo(0.15, within(1e-12));
    assertThat(new Result.Evaluated(new Score(1, 0), 1, 1).instability()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> on(List.of(1.0)))
        .withMessage("expected at least 2 points, got 1");
  }

  private static Result.Evaluated on(List<Double> line) {
    return new Result.Evaluated(new Score(1, 0), 1, 1, Optional.empty(), Optional.of(line));
  }
}
