package dev.espalier.compute.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long each repetition of one thing took, in seconds. */
final class Times {
  static final double NANOS = 1e9;
  private static final int WARM_UPS = 3;

  private final List<Double> seconds = new ArrayList<>();

  /** Does {@code work} at least once, and again until {@code time} has passed. */
  static Times of(Runnable work, Duration time) {
    Times times = new Times();
    long begin = System.nanoTime();
    long now = begin;
    do {
      work.run();
      long then = System.nanoTime();
      times.add((then - now) / NANOS);
      now = then;
    } while (now - begin < time.toNanos());
    return times;
  }

  /** Does {@code work} some times that nobody counts: at least once, three times if time allows. */
  static void warmUp(Runnable work, Duration time) {
    long begin = System.nanoTime();
    int done = 0;
    do {
      work.run();
      done++;
    } while (done < WARM_UPS && System.nanoTime() - begin < time.toNanos());
  }

  void add(double time) {
    seconds.add(time);
  }

  void addAll(Times other) {
    seconds.addAll(other.seconds);
  }

  /** How many there are. */
  int count() {
    return seconds.size();
  }

  /** All of them together. */
  double sum() {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The median; of an even number of times the upper one. */
  double median() {
    return seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElseThrow();
  }

  Speed speed() {
    double best = seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    return new Speed(1 / median(), 1 / best);
  }
}
