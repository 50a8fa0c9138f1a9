package dev.espalier.kafka;

import dev.espalier.domain.attempt.Standing;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every task stands, kept up to date by a thread of its own: looking a task up reads only
 * what was written since the last look. Safe for use by many threads.
 */
final class AttemptTable implements Follower.Sink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptTable.class);
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1); // while the log is out of reach
  private static final Duration CATCH_UP = Duration.ofMinutes(2);

  private final Map<TaskId, Standing> standings = new ConcurrentHashMap<>();
  private final Contact contact;
  private final Consumer<OutcomePublished> outcomes;
  private final Follower follower;
  private final Shared<Map<TopicPartition, Long>> ends;
  private final Thread thread;

  /** Guards the three fields that follow. */
  private final Object turn = new Object();

  private Map<TopicPartition, Long> offsets;
  private Optional<LogException> failure = Optional.empty();
  private boolean open = true;

  /**
   * A table that is empty yet.
   *
   * @param outcomes told of every outcome
   */
  AttemptTable(Connection connection, Contact contact, Consumer<OutcomePublished> outcomes) {
    this.contact = contact;
    this.outcomes = outcomes;
    this.follower = Follower.open(connection, Set.of(Topic.ATTEMPTS, Topic.OUTCOMES), this);
    this.offsets = follower.offsets();
    this.ends = new Shared<>(() -> hear(follower::ends));
    this.thread = Thread.ofPlatform().name("espalier-attempts").daemon().unstarted(this::follow);
  }

  /** Begins to follow; returns when what stands on the log has been read. */
  void start() {
    thread.start();
    catchUp();
  }

  private void follow() {
    try (follower) {
      while (isOpen()) {
        try {
          turn();
        } catch (LogException e) {
          away(e);
        }
      }
    } catch (LogException e) {
      publish(Map.of(), Optional.of(e));
    }
  }

  private void turn() {
    if (contact.isDue()) {
      hear(() -> follower.ends(contact));
    }
    follower.step(contact.interval().compareTo(TURN) < 0 ? contact.interval() : TURN);
    publish(follower.offsets(), Optional.empty());
  }

  private Map<TopicPartition, Long> hear(Supplier<Map<TopicPartition, Long>> asking) {
    Instant asked = contact.now();
    Map<TopicPartition, Long> ends = asking.get();
    if (contact.heard(asked)) {
      LOG.atWarn().log("the log answers again; what seems silent is given time");
    }
    return ends;
  }

  private void away(LogException reason) {
    if (reason.isRefusal() || !isOpen()) {
      throw reason;
    }
    LOG.atWarn()
        .addKeyValue("reason", reason.getMessage())
        .log("the log is out of reach, asked again");
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  Contact contact() {
    return contact;
  }

  private boolean isOpen() {
    synchronized (turn) {
      return open;
    }
  }

  private void publish(Map<TopicPartition, Long> reached, Optional<LogException> reason) {
    synchronized (turn) {
      offsets = reached;
      failure = reason;
      turn.notifyAll();
    }
  }

  /**
   * Where {@code task} stands, by everything that is on the log now.
   *
   * @throws LogException when the log cannot be read
   */
  Standing lookUp(TaskId task) {
    catchUp();
    return known(task);
  }

  /** Where {@code task} stands, by what has been read so far. */
  Standing known(TaskId task) {
    return standings.getOrDefault(task, Standing.NONE);
  }

  private void catchUp() {
    Map<TopicPartition, Long> goal = ends.ask();
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    synchronized (turn) {
      while (!reached(goal)) {
        requireAlive(goal, deadline);
        try {
          turn.wait(TURN.toMillis());
        } catch (InterruptedException e) {
          throw Waiting.interrupted(e);
        }
      }
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> offsets.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }

  private void requireAlive(Map<TopicPartition, Long> ends, long deadline) {
    if (failure.isPresent()) {
      throw new LogException("expected attempts and outcomes to be followed", failure.get());
    }
    if (!open || System.nanoTime() > deadline) {
      throw new LogException(
          "expected to reach " + ends + " within " + CATCH_UP + ", open " + open);
    }
  }

  @Override
  public void accept(Heard word) {
    switch (word.event()) {
      case AttemptReported reported -> {
        AttemptReported heard = reported.heard(contact.now(), contact.skew());
        standings.merge(
            heard.task(), Standing.NONE.plus(heard), (standing, fresh) -> standing.plus(heard));
      }
      case OutcomePublished published -> {
        standings.merge(
            published.task(),
            Standing.NONE.plus(published),
            (standing, fresh) -> standing.plus(published));
        outcomes.accept(published);
      }
      case TaskWithdrawn withdrawn ->
          standings.merge(
              withdrawn.task(),
              Standing.NONE.plus(withdrawn),
              (standing, fresh) -> standing.plus(withdrawn));
      case Event other ->
          throw new IllegalStateException("expected a word of an attempt, got " + other);
    }
  }

  @Override
  public void unreadable(Unreadable record) {} // the aggregator keeps it

  List<ClientMetric> metrics() {
    return follower.metrics();
  }

  @Override
  public void close() {
    synchronized (turn) {
      open = false;
    }
    follower.wake();
    try {
      thread.join(TURN.multipliedBy(10));
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
