package dev.espalier.verification.chaos;

import dev.espalier.kafka.LogException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rounds on the same study, each with a new fleet on an empty log, until enough processes were
 * ended or the time is over.
 *
 * @param seed what decides on the faults and their order
 * @param kills how many processes are to be ended
 * @param time after how long no further round begins
 */
record Campaign(long seed, int kills, Duration time) {
  /** Runs it in {@code folder}, telling {@code out} of every fault. */
  Verdict run(Path folder, Consumer<String> out) throws IOException, InterruptedException {
    Thread leaving = new Thread(Campaign::endAll);
    Runtime.getRuntime().addShutdownHook(leaving);
    try {
      return play(folder, out);
    } finally {
      Runtime.getRuntime().removeShutdownHook(leaving);
    }
  }

  /** Nobody is left behind by a campaign that is broken off. */
  private static void endAll() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private Verdict play(Path folder, Consumer<String> out) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    out.accept("seed %d, %d kills, at most %s".formatted(seed, kills, time));
    CalmRun calm = CalmRun.in(folder.resolve("calm"));
    out.accept("calm run: %d tasks".formatted(calm.tasks()));
    Deck deck = new Deck(seed);
    Verdict verdict = Verdict.NONE;
    while (verdict.kills() < kills && (verdict.rounds() == 0 || System.nanoTime() < end)) {
      int most = Math.min(kills - verdict.kills(), calm.tasks() / 3);
      Round round = new Round(calm, deck, most, out);
      Path place = folder.resolve("round-" + verdict.rounds());
      List<String> findings = findings(round, place);
      findings.forEach(out);
      verdict = verdict.plus(round.struck(), findings);
    }
    return verdict;
  }

  private static List<String> findings(Round round, Path place)
      throws IOException, InterruptedException {
    try {
      return round.play(place);
    } catch (IllegalStateException | LogException e) {
      return List.of(place + ": " + e.getMessage());
    }
  }
}
