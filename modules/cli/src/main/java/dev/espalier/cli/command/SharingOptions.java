package dev.espalier.cli.command;

import dev.espalier.fleet.Pace;
import dev.espalier.kafka.Sharing;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How tasks are shared out among the workers of a log. */
final class SharingOptions {
  private static final int USUAL = 30;

  @Option(
      names = "--lock",
      paramLabel = "SECONDS",
      defaultValue = "" + USUAL,
      description =
          "How long a worker may hold a task without a word, 5 to 3600; it speaks three times as"
              + " often, and silent for so long it is replaced. The same for every process of"
              + " a log (default: ${DEFAULT-VALUE}).")
  private int lock = USUAL;

  /**
   * What was asked for.
   *
   * @throws RefusedException when the lock is out of range
   */
  Sharing sharing() {
    try {
      Pace.requireLock(Duration.ofSeconds(lock));
      Sharing usual = Sharing.STANDARD;
      return new Sharing(Duration.ofSeconds(lock), usual.deliveries(), usual.inFlight());
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
