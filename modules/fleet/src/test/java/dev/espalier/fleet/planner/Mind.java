package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.Naming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The deciding part of a planner and what it knows, for tests of whole fleets. */
public final class Mind {
  private final Planning planning;
  private final Ledger ledger;
  private final Releases releases;
  private final Watch watch;
  private Succession succession;

  /**
   * A mind that has heard nothing.
   *
   * @param lock how long a worker may hold a task without a word
   */
  public Mind(Naming naming, Duration lock) {
    this.watch = Watch.standard(lock, Optional.empty());
    this.planning = new Planning(watch);
    this.succession = new Succession(watch.patience());
    this.ledger = new Ledger(naming);
    this.releases = new Releases(ledger);
  }

  /** Takes {@code event} into account. */
  public void hear(Event event) {
    ledger.hear(event);
  }

  /** Takes into account where a release lies on the task topic. */
  public void place(TaskReleased released, long offset) {
    releases.hear(released, offset);
  }

  /** The offset on the task topic below which nothing matters any more. */
  public long over() {
    return releases.over();
  }

  /** The events that are due, the log being heard since {@code heardSince} without a break. */
  public List<Event> decide(Instant now, boolean drained, Instant heardSince) {
    return planning.decide(ledger, now, drained, heardSince);
  }

  /** Begins to stand by. */
  public void standBy() {
    succession = new Succession(watch.patience());
  }

  /** Whether one that stands by takes over, as {@code due} is what it would write. */
  public boolean takesOver(List<Event> due, Instant now) {
    return succession.isOpen(due, now);
  }
}
