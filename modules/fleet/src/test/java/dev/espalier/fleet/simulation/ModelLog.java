package dev.espalier.fleet.simulation;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.event.Event;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The broker's log: topics, producers of which the newest of an identity writes, and transactions
 * that are answered when they are decided, before their markers are written.
 */
final class ModelLog {
  /** After how long the broker aborts a transaction that nobody ends, in ms. */
  static final long TIMEOUT = 10_000;

  private static final int USUAL_MARKER = 20;

  private final Timeline timeline;
  private final Truth truth;
  private final Draws draws;
  private final Map<Subject, ModelTopic> topics = new EnumMap<>(Subject.class);
  private final Map<String, Integer> epochs = new HashMap<>();
  private final Map<String, Transaction> unresolved = new HashMap<>();
  private Runnable onTasks = () -> {};
  private long downSince;
  private long downUntil;
  private long slowMarkersUntil;

  ModelLog(Timeline timeline, Truth truth, long seed) {
    this.timeline = timeline;
    this.truth = truth;
    this.draws = Draws.of(seed, "log");
    for (Subject subject : Subject.values()) {
      topics.put(subject, new ModelTopic(subject));
    }
  }

  ModelTopic topic(Subject subject) {
    return Objects.requireNonNull(topics.get(subject));
  }

  /** Has {@code listener} called whenever more tasks can be seen. */
  void onTasks(Runnable listener) {
    onTasks = listener;
  }

  /** Has a request of a client arrive after {@code delay} ms, or when the broker is back. */
  void arrive(long delay, Runnable request) {
    timeline.after(
        delay,
        () -> {
          if (timeline.now() < downUntil) {
            arrive(downUntil - timeline.now() + draws.below(50), request);
          } else {
            request.run();
          }
        });
  }

  /** The broker answers nobody for {@code duration} ms. */
  void goDown(long duration) {
    downSince = timeline.now() < downUntil ? downSince : timeline.now();
    downUntil = Math.max(downUntil, timeline.now() + duration);
    truth.away(downSince, downUntil);
  }

  /** Markers are late for {@code duration} ms: transactions are committed and not yet seen. */
  void slowMarkers(long duration) {
    slowMarkersUntil = timeline.now() + duration;
  }

  /** Writes a record outside any transaction. */
  void append(Event event) {
    topic(Subject.of(event)).append(event, Transaction.NONE);
    truth.written(List.of(event), "", false);
    changed(Subject.of(event));
  }

  private void changed(Subject subject) {
    if (subject == Subject.TASKS) {
      onTasks.run();
    }
  }

  /**
   * Makes the caller the newest producer of {@code id}: older ones are fenced and what they left
   * open is aborted.
   *
   * @return its epoch; empty while an older transaction is being ended, to be asked again
   */
  OptionalInt initialise(String id) {
    Transaction older = unresolved.get(id);
    if (older == null) {
      return OptionalInt.of(epochs.merge(id, 1, Integer::sum));
    }
    if (older.state() == Transaction.State.OPEN) {
      abort(older);
    }
    return OptionalInt.empty();
  }

  /** What a producer is told of a record. */
  enum Added {
    TAKEN,
    /** Its last transaction is being ended: to be sent again. */
    LATER,
    FENCED
  }

  /** Adds a record to the transaction of this producer, begun if need be. */
  Added add(String id, int epoch, Event event) {
    if (isFenced(id, epoch)) {
      return Added.FENCED;
    }
    if (isBeingEnded(id)) {
      return Added.LATER;
    }
    Transaction transaction = unresolved.computeIfAbsent(id, _ -> begin(id));
    transaction.add(event);
    topic(Subject.of(event)).append(event, transaction);
    return Added.TAKEN;
  }

  private boolean isFenced(String id, int epoch) {
    return epochs.getOrDefault(id, 0) != epoch;
  }

  private boolean isBeingEnded(String id) {
    Transaction last = unresolved.get(id);
    return last != null && last.state() != Transaction.State.OPEN;
  }

  private Transaction begin(String id) {
    Transaction transaction = new Transaction(id);
    timeline.after(TIMEOUT, () -> timeOut(transaction));
    return transaction;
  }

  private void timeOut(Transaction transaction) {
    if (transaction.state() == Transaction.State.OPEN) {
      abort(transaction);
    }
  }

  /** Commits the open transaction of this producer; false when it is fenced. */
  boolean commit(String id, int epoch) {
    Transaction transaction = unresolved.get(id);
    if (isFenced(id, epoch) || transaction == null || isBeingEnded(id)) {
      return false;
    }
    truth.written(transaction.events(), id, true);
    end(transaction, Transaction.State.COMMITTED);
    return true;
  }

  /** Aborts every transaction that is open, as if its time were over. */
  void abortOpen() {
    new ArrayList<>(unresolved.values())
        .stream()
            .filter(transaction -> transaction.state() == Transaction.State.OPEN)
            .sorted((one, other) -> one.id().compareTo(other.id()))
            .forEach(this::abort);
  }

  private void abort(Transaction transaction) {
    epochs.merge(transaction.id(), 1, Integer::sum);
    end(transaction, Transaction.State.ABORTED);
  }

  private void end(Transaction transaction, Transaction.State decided) {
    transaction.decide(decided);
    for (Subject subject : transaction.touched()) {
      boolean slow = timeline.now() < slowMarkersUntil;
      arrive(1L + draws.below(slow ? 8_000 : USUAL_MARKER), () -> mark(transaction, subject));
    }
  }

  private void mark(Transaction transaction, Subject subject) {
    topic(subject).mark(transaction);
    if (transaction.isOver()) {
      unresolved.remove(transaction.id());
    }
    changed(subject);
  }

  /** Compacts every topic that is. */
  void compact() {
    topics.values().forEach(ModelTopic::compact);
  }
}
