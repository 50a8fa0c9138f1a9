package dev.espalier.fleet.simulation;

import dev.espalier.fleet.simulation.Schedule.Size;
import dev.espalier.fleet.simulation.Simulation.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs schedule after schedule, and tells of each that breaks an invariant. */
final class Campaign {
  private static final int TOLD = 3;
  private static final int LINES = 60;

  private final Size size;
  private final Bug bug;
  private final Runner runner;
  private final Consumer<String> out;
  private final Map<Invariant, Integer> broken = new TreeMap<>();
  private final Map<Fault.Kind, Long> kinds = new TreeMap<>();
  private long schedules;
  private long faults;
  private long steps;
  private long claims;
  private long completed;
  private long spent;

  /**
   * A campaign.
   *
   * @param out told, line by line
   */
  Campaign(Size size, Bug bug, Consumer<String> out) {
    this.size = size;
    this.bug = bug;
    this.runner = new Runner(bug);
    this.out = out;
  }

  /** Runs the schedules of {@code count} seeds from {@code first} on. */
  void run(long first, long count) {
    for (long seed = first; seed < first + count; seed++) {
      run(seed);
    }
  }

  private void run(long seed) {
    Schedule schedule = Schedule.drawn(seed, size);
    Ending ending = runner.run(schedule);
    schedules++;
    faults += schedule.faults().size();
    schedule.faults().forEach(fault -> kinds.merge(fault.kind(), 1L, Long::sum));
    steps += ending.steps();
    claims += ending.claims();
    completed += ending.completed();
    spent += ending.spent();
    ending.broken().ifPresent(thrown -> tell(schedule, thrown));
  }

  private void tell(Schedule schedule, Broken thrown) {
    broken.merge(thrown.invariant(), 1, Integer::sum);
    if (broken() <= TOLD) {
      out.accept("seed %d breaks %s".formatted(schedule.seed(), thrown.getMessage()));
      explain(schedule, thrown.invariant());
      out.accept(
          "again: mvn -Psimulate verify -Dsimulation.replay=%d -Dsimulation.faults=%d -Dsimulation.bug=%s"
              .formatted(schedule.seed(), size.faults(), bug));
    }
  }

  /** Shows the shortest schedule that breaks the same, and what happened in it at the end. */
  private void explain(Schedule schedule, Invariant invariant) {
    Schedule shortest = new Shrinker(runner, invariant).shrink(schedule);
    List<String> lines = new ArrayList<>();
    Ending ending =
        runner.run(
            shortest, (at, who, what) -> lines.add("%9d ms  %s %s".formatted(at, who, what.get())));
    out.accept("the shortest that was found: " + shortest);
    lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(out);
    ending.broken().ifPresent(thrown -> out.accept(thrown.getMessage()));
  }

  /** The first seed from {@code first} on whose schedule breaks an invariant, of {@code count}. */
  static OptionalLong firstFound(Bug bug, Size size, long first, long count) {
    Runner runner = new Runner(bug);
    for (long seed = first; seed < first + count; seed++) {
      if (runner.run(Schedule.drawn(seed, size)).broken().isPresent()) {
        return OptionalLong.of(seed);
      }
    }
    return OptionalLong.empty();
  }

  /** How many schedules broke an invariant. */
  int broken() {
    return broken.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many faults there were of each kind, in one line. */
  String kinds() {
    return kinds.entrySet().stream()
        .map(kind -> String.format(Locale.ROOT, "%s %,d", kind.getKey(), kind.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** What it all came to, in one line. */
  String verdict() {
    String kinds =
        broken.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s: %,d schedules, %,d faults, %,d steps, %,d attempts, %,d tasks completed, %,d budgets"
            + " spent; %s",
        broken() == 0 ? "HELD" : "BROKEN",
        schedules,
        faults,
        steps,
        claims,
        completed,
        spent,
        broken() == 0 ? "no invariant broken" : "broken by " + broken() + ": " + kinds);
  }
}
