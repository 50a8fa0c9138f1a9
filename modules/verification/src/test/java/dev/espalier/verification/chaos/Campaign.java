package dev.espalier.verification.chaos;

import dev.espalier.kafka.LogException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rounds on the same study, each with a new fleet on an empty log, until enough processes were
 * ended, the time is over, or anything is wrong.
 *
 * @param seed what decides on the faults and their order
 * @param seeds how many seeds the study has; a round has work for twelve kills a seed
 * @param kills how many processes are to be ended
 * @param time after how long no further round begins
 * @param faults what is done
 */
record Campaign(long seed, int seeds, int kills, Duration time, Set<Fault> faults) {
  private static final int BROKEN_OFF = 143;

  /** Copies the faults. */
  Campaign {
    faults = Set.copyOf(faults);
  }

  /** Runs it in {@code folder}, telling {@code out} of every fault. */
  Verdict run(Path folder, Consumer<String> out) throws IOException, InterruptedException {
    Thread leaving = new Thread(() -> endAll(folder));
    Runtime.getRuntime().addShutdownHook(leaving);
    try {
      return play(folder, out);
    } finally {
      Runtime.getRuntime().removeShutdownHook(leaving);
    }
  }

  /**
   * Nobody is left behind by a campaign that is broken off. It halts at once, before it replaces
   * those who are gone.
   */
  private void endAll(Path folder) {
    if (faults.contains(Fault.FULL)) {
      Shell.runs("umount -l %s/*/store".formatted(folder));
    }
    if (faults.contains(Fault.CUT_OFF)) {
      Wire.leave();
    }
    ProcessHandle.current()
        .descendants()
        .forEach(
            process -> {
              process.destroyForcibly();
              Clock.forget(process.pid());
            });
    Runtime.getRuntime().halt(BROKEN_OFF);
  }

  private Verdict play(Path folder, Consumer<String> out) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    out.accept("seed %d, %d kills, at most %s".formatted(seed, kills, time));
    CalmRun calm = CalmRun.of(seeds, folder.resolve("calm"));
    out.accept("calm run: %d tasks".formatted(calm.tasks()));
    Deck deck = new Deck(seed, faults);
    Verdict verdict = Verdict.NONE;
    while (verdict.findings().isEmpty()
        && verdict.kills() < kills
        && (verdict.rounds() == 0 || System.nanoTime() < end)) {
      int most = Math.min(kills - verdict.kills(), calm.tasks());
      Round round = new Round(calm, deck, faults, most, out);
      Path place = folder.resolve("round-" + verdict.rounds());
      List<String> findings = findings(round, place);
      findings.forEach(out);
      verdict = verdict.plus(round, findings);
      verdict.recovered().forEach(out);
      out.accept("so far " + verdict);
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
