package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One topic of the modelled log: records and markers at their offsets. */
final class ModelTopic {
  private final Subject subject;
  private final List<Slot> slots = new ArrayList<>();
  private int begin;
  private int stable;

  /** What lies at an offset: a record, or a marker, which is no event. */
  private static final class Slot {
    private final Optional<Event> event;
    private final Transaction transaction;
    private boolean compacted;

    private Slot(Optional<Event> event, Transaction transaction) {
      this.event = event;
      this.transaction = transaction;
    }
  }

  ModelTopic(Subject subject) {
    this.subject = subject;
  }

  void append(Event event, Transaction transaction) {
    slots.add(new Slot(Optional.of(event), transaction));
    settle();
  }

  /** Writes the marker that ends {@code transaction} here. */
  void mark(Transaction transaction) {
    transaction.mark(subject);
    slots.add(new Slot(Optional.empty(), Transaction.NONE));
    settle();
  }

  private void settle() {
    while (stable < slots.size() && slots.get(stable).transaction.isMarked(subject)) {
      stable++;
    }
  }

  /** The offset after the last: the high watermark. */
  int end() {
    return slots.size();
  }

  /** The first offset that was not forgotten. */
  int begin() {
    return begin;
  }

  /** Forgets what lies below {@code offset}. */
  void forget(int offset) {
    begin = Math.max(begin, offset);
  }

  /** The first offset that an undecided transaction holds: the last stable offset. */
  int stable() {
    return stable;
  }

  /**
   * The event at {@code offset}, below the last stable one; empty when there is none to be seen.
   */
  Optional<Event> committed(int offset) {
    Slot slot = slots.get(offset);
    boolean seen = !slot.compacted && slot.transaction.state() == Transaction.State.COMMITTED;
    return seen ? slot.event : Optional.empty();
  }

  /** Forgets the stable records that later stable ones of their key replace. */
  void compact() {
    if (!subject.isCompacted()) {
      return;
    }
    Set<Object> keys = new HashSet<>();
    for (int offset = stable - 1; offset >= 0; offset--) {
      Optional<Event> event = committed(offset);
      if (event.isPresent() && !keys.add(Subject.keyOf(event.get()))) {
        slots.get(offset).compacted = true;
      }
    }
  }
}
