package dev.espalier.fleet.worker;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.loop.Loop;
import dev.espalier.kafka.ClientMetric;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Place;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What tasks found, for the tasks that build on them. A task is released only after its parents'
 * outcomes were committed, so here they are known at most a moment later. Safe for use by many
 * threads.
 */
final class Parents implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TURN = Duration.ofMillis(200);

  private final Map<TaskId, Result> found = new HashMap<>();
  private final Follower follower;
  private final Loop loop;

  private Parents(Connection connection, Consumer<Throwable> unwell) {
    this.follower = Follower.open(connection, Set.of(Topic.OUTCOMES), new Finds());
    this.loop = Loop.start("parents", new Following(), unwell);
  }

  /** Begins to follow the outcomes. */
  static Parents follow(Connection connection, Consumer<Throwable> unwell) {
    return new Parents(connection, unwell);
  }

  /** Keeps what others build on. */
  private final class Finds implements Follower.Sink {
    @Override
    public void accept(Event event, Place place) {
      if (event instanceof OutcomePublished ended
          && ended.outcome() instanceof Outcome.Completed completed
          && isBuiltOn(completed.result())) {
        add(ended.task(), completed.result());
      }
    }

    @Override
    public void unreadable(Unreadable record) {} // the aggregator keeps it
  }

  private final class Following implements Loop.Turns {
    @Override
    public boolean turn() {
      follower.step(TURN);
      return true;
    }

    @Override
    public void end() {
      follower.close();
    }
  }

  private static boolean isBuiltOn(Result result) {
    return switch (result) {
      case Result.Pruned pruned -> true;
      case Result.Scored scored -> true;
      case Result.Evaluated evaluated -> false;
    };
  }

  private synchronized void add(TaskId task, Result result) {
    found.put(task, result);
    notifyAll();
  }

  /** What the parents of {@code task} found; empty when one stays unknown for 30 s. */
  synchronized Optional<Map<TaskId, Result>> of(Task task) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!found.keySet().containsAll(task.parents())) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
    Map<TaskId, Result> parents = new HashMap<>(found);
    parents.keySet().retainAll(task.parents());
    return Optional.of(parents);
  }

  /** The figures of its client. */
  List<ClientMetric> metrics() {
    return follower.metrics();
  }

  @Override
  public void close() {
    loop.stop();
    follower.wake();
    loop.close();
  }
}
