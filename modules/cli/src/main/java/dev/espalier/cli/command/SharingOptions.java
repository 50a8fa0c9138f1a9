package dev.espalier.cli.command;

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
          "How long a worker may hold a task without a word, 3 to 3600; it speaks three times as"
              + " often, and silent for twice as long it is given up. The same for every process of"
              + " a log (default: ${DEFAULT-VALUE}).")
  private int lock = USUAL;

  /**
   * What was asked for.
   *
   * @throws RefusedException when the lock is out of range
   */
  Sharing sharing() {
    if (lock < 3) {
      throw RefusedException.usage("expected a lock of 3 to 3600 seconds, got " + lock);
    }
    try {
      Sharing usual = Sharing.STANDARD;
      return new Sharing(Duration.ofSeconds(lock), usual.deliveries(), usual.inFlight());
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
