package dev.espalier.fleet;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  @ParameterizedTest
  @CsvSource({"30, 15, 20", "5, 1, 1", "5, 50, 20", "3600, 36000, 3600"})
  void whatFitsIsTaken(int lock, int checkpoints, int grace) {
    assertThatNoException().isThrownBy(() -> pace(lock, checkpoints, grace));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4    | 1   | 20   | expected --lock of 5 to 3600 seconds: two locks last as long as a"
            + " transaction may, 10 s, or longer, got 4",
        "3601 | 1   | 20   | expected --lock of 5 to 3600 seconds: two locks last as long as a"
            + " transaction may, 10 s, or longer, got 3601",
        "5    | 51  | 20   | expected --checkpoints of 1 to 50 seconds with a --lock of 5: one is"
            + " due at least once in ten locks, got 51",
        "30   | 0   | 20   | expected --checkpoints of 1 to 300 seconds with a --lock of 30: one is"
            + " due at least once in ten locks, got 0",
        "30   | 15  | 0    | expected --grace of 1 to 3600 seconds, got 0",
        "30   | 15  | 3601 | expected --grace of 1 to 3600 seconds, got 3601"
      })
  void whatDoesNotFitIsToldWithWhatWasExpected(
      int lock, int checkpoints, int grace, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pace(lock, checkpoints, grace))
        .withMessage(message);
  }

  private static Pace pace(int lock, int checkpoints, int grace) {
    return new Pace(
        Duration.ofSeconds(lock), Duration.ofSeconds(checkpoints), Duration.ofSeconds(grace));
  }
}
