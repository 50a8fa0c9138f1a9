package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.TaskKind;

/** Tasks in words. */
final class Titles {
  private Titles() {}

  /** What {@code node} does: {@code prune rotation · seed 2 · round 1}. */
  static String of(Node node) {
    if (node.task() instanceof PruneTask prune) {
      return "prune %s · seed %d · round %d"
          .formatted(prune.objective(), prune.setting().seed(), prune.round());
    }
    Place place = node.places().getFirst();
    return "evaluate %s · seed %d · level %d".formatted(place.arm(), place.seed(), place.level());
  }

  /** {@code node} in a line. */
  static TaskLine line(Node node, TaskStanding standing) {
    boolean running = standing.state() == TaskStanding.State.RUNNING;
    return new TaskLine(
        node.id(),
        of(node),
        TaskKind.of(node.task()).toString(),
        standing.state(),
        standing.attempt().filter(attempt -> running).map(AttemptReported::worker),
        standing.attempt().map(AttemptReported::attempt).orElse(0),
        standing.attempt().map(AttemptReported::progress).orElse(Progress.NONE),
        standing.newest("test_accuracy"),
        standing.newest("density"));
  }
}
