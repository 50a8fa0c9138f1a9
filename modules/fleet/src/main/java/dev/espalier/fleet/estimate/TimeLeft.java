package dev.espalier.fleet.estimate;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long a study will still take. A task is expected to take what finished tasks of its shape
 * took; where none has finished, its {@linkplain Passes passes} at the speed of all that was
 * measured. The slots share the work, but no chain of tasks is done sooner than its tasks after
 * each other.
 */
public final class TimeLeft {
  private static final double NANOS = 1e9;

  private final Map<Shape, Duration> finished = new HashMap<>();
  private final Map<Shape, Integer> counts = new HashMap<>();
  private final List<Double> speeds = new ArrayList<>();
  private double passes;

  private TimeLeft() {}

  /**
   * The time until the last task of {@code graph} is done; empty while nothing was measured.
   *
   * @param slots how many tasks are worked on at a time, at least 1
   */
  public static Optional<Duration> of(TaskGraph graph, Standings standings, int slots) {
    TimeLeft measured = new TimeLeft();
    List<Node> nodes = graph.nodes();
    nodes.forEach(node -> measured.learn(node.task(), standings.task(node.id())));
    double total = 0;
    double longest = 0;
    Map<TaskId, Double> ends = new HashMap<>();
    for (Node node : nodes) {
      OptionalDouble seconds = measured.secondsLeft(node.task(), standings.task(node.id()));
      if (seconds.isEmpty()) {
        return Optional.empty();
      }
      double end = seconds.getAsDouble() + startOf(node.task(), ends);
      ends.put(node.id(), end);
      total += seconds.getAsDouble();
      longest = Math.max(longest, end);
    }
    return Optional.of(Duration.ofNanos((long) (Math.max(total / slots, longest) * NANOS)));
  }

  private static double startOf(Task task, Map<TaskId, Double> ends) {
    return task.parents().stream()
        .mapToDouble(parent -> ends.getOrDefault(parent, 0.0))
        .max()
        .orElse(0);
  }

  private void learn(Task task, TaskStanding standing) {
    standing.outcome().map(OutcomePublished::outcome).ifPresent(outcome -> learn(task, outcome));
    if (standing.state() == TaskStanding.State.RUNNING) {
      standing
          .attempt()
          .map(attempt -> attempt.progress().imagesPerSecond())
          .filter(speed -> speed > 0)
          .ifPresent(speeds::add);
    }
  }

  private void learn(Task task, Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      Shape shape = Shape.of(task);
      finished.merge(shape, completed.cost().time(), Duration::plus);
      counts.merge(shape, 1, Integer::sum);
      passes += shape.passes();
    }
  }

  private OptionalDouble secondsLeft(Task task, TaskStanding standing) {
    if (standing.outcome().isPresent()) {
      return OptionalDouble.of(0);
    }
    OptionalDouble whole = secondsOf(task);
    return whole.isEmpty() || standing.state() != TaskStanding.State.RUNNING
        ? whole
        : OptionalDouble.of(whole.getAsDouble() * (1 - partDone(standing)));
  }

  private static double partDone(TaskStanding standing) {
    Progress progress = standing.attempt().map(AttemptReported::progress).orElse(Progress.NONE);
    return progress.steps() == 0 ? 0 : (double) progress.step() / progress.steps();
  }

  private OptionalDouble secondsOf(Task task) {
    Shape shape = Shape.of(task);
    Optional<Duration> known = Optional.ofNullable(finished.get(shape));
    if (known.isPresent()) {
      return OptionalDouble.of(secondsOf(known.get()) / counts.getOrDefault(shape, 1));
    }
    OptionalDouble speed = speed();
    return speed.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(shape.passes() / speed.getAsDouble());
  }

  /** Passes a second of one slot: of the finished tasks, before there are any of the running. */
  private OptionalDouble speed() {
    Duration all = finished.values().stream().reduce(Duration.ZERO, Duration::plus);
    return all.isZero()
        ? speeds.stream().mapToDouble(Double::doubleValue).average()
        : OptionalDouble.of(passes / secondsOf(all));
  }

  private static double secondsOf(Duration time) {
    return time.toNanos() / NANOS;
  }
}
