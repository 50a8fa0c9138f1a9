package dev.espalier.fleet.simulation;

import dev.espalier.compute.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that a simulation depends on.
 *
 * @param seed where delays and the length of work are drawn from
 * @param size how large the fleet is
 * @param faults what goes wrong, in the order of time
 * @param calm when nothing goes wrong any more, in ms; studies come before
 */
record Schedule(long seed, Size size, List<Fault> faults, long calm) {
  private static final int GAP = 1_000;

  /**
   * How many there are of everything.
   *
   * @param rounds of each study
   */
  record Size(int workers, int planners, int aggregators, int studies, int rounds, int faults) {
    /** A few dozen faults over one study. */
    static final Size SMALL = new Size(3, 2, 1, 1, 1, 60);

    /** Two thousand faults over several studies that share tasks. */
    static final Size LARGE = new Size(4, 2, 2, 4, 2, 2_000);

    /** Whether there is one of everything. */
    boolean isFleet() {
      return Math.min(workers, planners) > 0
          && Math.min(aggregators, Math.min(studies, rounds)) > 0;
    }
  }

  /** The schedule that {@code seed} stands for. */
  static Schedule drawn(long seed, Size size) {
    Draws draws = Draws.of(seed, "faults");
    List<Fault> faults = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < size.faults(); i++) {
      at += 1L + draws.below(GAP);
      faults.add(new Fault(at, kind(draws), draws.below(1_000), draws.unit()));
    }
    return new Schedule(seed, size, faults, at + 1);
  }

  private static Fault.Kind kind(Draws draws) {
    int weights = Arrays.stream(Fault.Kind.values()).mapToInt(Fault.Kind::weight).sum();
    int left = draws.below(weights);
    for (Fault.Kind kind : Fault.Kind.values()) {
      left -= kind.weight();
      if (left < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("expected a kind below " + weights);
  }

  /** This one with other faults. */
  Schedule with(List<Fault> others) {
    return new Schedule(seed, size, List.copyOf(others), calm);
  }

  /** This one with another fleet. */
  Schedule with(Size other) {
    return new Schedule(seed, other, faults, calm);
  }

  /** This one, calm from {@code moment} on. */
  Schedule calmFrom(long moment) {
    List<Fault> before = faults.stream().filter(fault -> fault.at() < moment).toList();
    return new Schedule(seed, size, before, moment);
  }

  @Override
  public String toString() {
    return faults.stream()
        .map(Fault::toString)
        .collect(Collectors.joining("\n", size + ", calm from " + calm + " ms\n", ""));
  }
}
