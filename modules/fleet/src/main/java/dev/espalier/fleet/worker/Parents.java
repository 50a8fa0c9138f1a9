package dev.espalier.fleet.worker;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tasks found, for the tasks that build on them. A task is released only after its parents'
 * outcomes were committed, so here they are known at most a moment later. Safe for use by many
 * threads.
 */
final class Parents {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<TaskId, Result> found = new HashMap<>();

  /** Keeps what others build on. */
  synchronized void hear(OutcomePublished ended) {
    if (ended.outcome() instanceof Outcome.Completed completed && isBuiltOn(completed.result())) {
      found.put(ended.task(), completed.result());
      notifyAll();
    }
  }

  private static boolean isBuiltOn(Result result) {
    return switch (result) {
      case Result.Pruned pruned -> true;
      case Result.Scored scored -> true;
      case Result.Evaluated evaluated -> false;
    };
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
    Map<TaskId, Result> parents = new HashMap<>();
    for (TaskId parent : task.parents()) {
      Optional.ofNullable(found.get(parent)).ifPresent(result -> parents.put(parent, result));
    }
    return Optional.of(parents);
  }
}
