package dev.espalier.fleet.simulation;

import java.util.PriorityQueue;

/** Virtual time: steps in the order of their moments, and of their planning where these agree. */
final class Timeline {
  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private long now;
  private long count;

  private record Planned(long at, long order, Runnable step) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  /** Milliseconds since the beginning. */
  long now() {
    return now;
  }

  /** How many steps were planned so far. */
  long count() {
    return count;
  }

  /** Plans {@code step} for the moment {@code at}, at the earliest now. */
  void at(long at, Runnable step) {
    planned.add(new Planned(Math.max(at, now), count++, step));
  }

  /** Plans {@code step} for {@code delay} ms from now. */
  void after(long delay, Runnable step) {
    at(now + delay, step);
  }

  /** Takes the next step; false when there is none before {@code end}. */
  boolean step(long end) {
    Planned next = planned.peek();
    if (next == null || next.at() >= end) {
      return false;
    }
    planned.poll();
    now = next.at();
    next.step().run();
    return true;
  }
}
