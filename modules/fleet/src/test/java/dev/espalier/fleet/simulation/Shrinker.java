package dev.espalier.fleet.simulation;

import dev.espalier.fleet.simulation.Schedule.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the shortest schedule that breaks the same invariant: fewer faults first (delta
 * debugging, Zeller and Hildebrandt 2002), then less time, then a smaller fleet.
 */
final class Shrinker {
  private static final int MOST_RUNS = 1_500;

  private final Runner runner;
  private final Invariant invariant;
  private int runs;

  Shrinker(Runner runner, Invariant invariant) {
    this.runner = runner;
    this.invariant = invariant;
  }

  /** The shortest that was found from {@code failing}, which breaks the invariant. */
  Schedule shrink(Schedule failing) {
    Schedule shorter = shorter(fewer(failing));
    return fewer(smaller(shorter));
  }

  private boolean fails(Schedule schedule) {
    runs++;
    return runs <= MOST_RUNS && runner.run(schedule).broke(invariant);
  }

  private Schedule fewer(Schedule failing) {
    Schedule fewest = failing;
    int pieces = 2;
    while (pieces <= Math.max(2, 2 * fewest.faults().size())) {
      Optional<Schedule> fewer = withoutAPiece(fewest, pieces);
      fewest = fewer.orElse(fewest);
      pieces = fewer.isPresent() ? Math.max(2, pieces - 1) : 2 * pieces;
    }
    return fewest;
  }

  private Optional<Schedule> withoutAPiece(Schedule schedule, int pieces) {
    List<Fault> faults = schedule.faults();
    int length = Math.max(1, faults.size() / pieces);
    for (int from = 0; from < faults.size(); from += length) {
      List<Fault> left = new ArrayList<>(faults.subList(0, from));
      left.addAll(faults.subList(Math.min(faults.size(), from + length), faults.size()));
      Schedule without = schedule.with(left);
      if (fails(without)) {
        return Optional.of(without);
      }
    }
    return Optional.empty();
  }

  /** Calm as soon as possible. */
  private Schedule shorter(Schedule failing) {
    long last = failing.faults().isEmpty() ? 0 : failing.faults().getLast().at();
    Schedule shorter = failing.calmFrom(last + 1);
    return fails(shorter) ? shorter : failing;
  }

  private Schedule smaller(Schedule failing) {
    Schedule smallest = failing;
    boolean tried = false;
    while (!tried) {
      Optional<Schedule> smaller = oneSmaller(smallest);
      smallest = smaller.orElse(smallest);
      tried = smaller.isEmpty();
    }
    return smallest;
  }

  private Optional<Schedule> oneSmaller(Schedule schedule) {
    Size size = schedule.size();
    int faults = schedule.faults().size();
    List<Size> sizes =
        List.of(
            new Size(
                size.workers() - 1,
                size.planners(),
                size.aggregators(),
                size.studies(),
                size.rounds(),
                faults),
            new Size(
                size.workers(),
                size.planners() - 1,
                size.aggregators(),
                size.studies(),
                size.rounds(),
                faults),
            new Size(
                size.workers(),
                size.planners(),
                size.aggregators() - 1,
                size.studies(),
                size.rounds(),
                faults),
            new Size(
                size.workers(),
                size.planners(),
                size.aggregators(),
                size.studies() - 1,
                size.rounds(),
                faults),
            new Size(
                size.workers(),
                size.planners(),
                size.aggregators(),
                size.studies(),
                size.rounds() - 1,
                faults));
    return sizes.stream().filter(Size::isFleet).map(schedule::with).filter(this::fails).findFirst();
  }
}
