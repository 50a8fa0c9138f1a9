package dev.espalier.compute.train;

import dev.espalier.domain.task.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How fast a run goes: the time it took in all, and what it did since the last report. */
final class Pace {
  private static final Duration REPORTED_EVERY = Duration.ofSeconds(1);
  private static final double NANOS_A_SECOND = 1e9;

  private final InstantSource clock;
  private final Duration before;
  private final Instant began;
  private Instant reported;
  private long images;
  private double losses;
  private long steps;

  /** A pace that begins now, {@code before} having gone by in earlier attempts. */
  Pace(InstantSource clock, Duration before) {
    this.clock = clock;
    this.before = before;
    this.began = clock.instant();
    this.reported = began;
  }

  /** Computing time so far, earlier attempts included. */
  Duration time() {
    return before.plus(Duration.between(began, clock.instant()));
  }

  /** Counts a step. */
  void count(long stepImages, double loss) {
    images += stepImages;
    losses += loss;
    steps++;
  }

  /** Whether it is time for a report. */
  boolean due() {
    return !clock.instant().isBefore(reported.plus(REPORTED_EVERY));
  }

  /** What was done since the last report, of a run that is after {@code step} steps. */
  Progress report(long step, Schedule schedule) {
    Instant now = clock.instant();
    double seconds = Duration.between(reported, now).toNanos() / NANOS_A_SECOND;
    Progress progress =
        new Progress(
            step,
            schedule.steps(),
            schedule.epochOf(step - 1),
            schedule.epochs(),
            seconds > 0 ? images / seconds : 0,
            steps > 0 ? losses / steps : 0);
    reported = now;
    images = 0;
    losses = 0;
    steps = 0;
    return progress;
  }
}
