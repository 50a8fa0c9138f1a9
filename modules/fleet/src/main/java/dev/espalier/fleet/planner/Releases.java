package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where releases lie on the task topic, so that the log may forget those that matter no more: the
 * topic holds what is unfinished, and little besides. A {@link Ledger} that never hears the others
 * decides alike.
 */
final class Releases {
  private final Ledger ledger;
  private final Deque<Placed> placed = new ArrayDeque<>();
  private long end;

  private record Placed(long offset, TaskId task, int after, Instant at) {}

  /** None yet. */
  Releases(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Takes into account that {@code released} lies at {@code offset}; in the order of the log. */
  void hear(TaskReleased released, long offset) {
    placed.add(new Placed(offset, released.task(), released.after(), released.at()));
    end = offset + 1;
  }

  /** The offset below which no release matters any more, nor will again. */
  long over() {
    while (!placed.isEmpty() && isOver(placed.getFirst())) {
      placed.removeFirst();
    }
    return placed.isEmpty() ? end : placed.getFirst().offset();
  }

  private boolean isOver(Placed release) {
    return ledger.isOver(release.task(), release.after(), release.at());
  }
}
