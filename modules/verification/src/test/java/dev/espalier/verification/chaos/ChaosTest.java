package dev.espalier.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short campaign, the same every time; {@link Chaos} runs longer ones. */
class ChaosTest {
  private static final long SEED = 54;
  private static final int SEEDS = 1;
  private static final int KILLS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @Test
  void nothingIsLostOrDoneTwiceWhileProcessesOfAllRolesAreKilled()
      throws IOException, InterruptedException {
    assumeTrue(Distribution.isBuilt(), "the command is not packaged (mvn package): skipped");

    Verdict verdict =
        new Campaign(SEED, SEEDS, KILLS, LIMIT, Fault.ANYWHERE).run(folder, System.out::println);

    System.out.println(verdict);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.kills()).isGreaterThanOrEqualTo(KILLS);
  }
}
