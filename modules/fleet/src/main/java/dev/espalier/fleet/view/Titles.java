package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.TaskKind;
import java.util.Optional;

/** Tasks in words. */
final class Titles {
  private Titles() {}

  /** What {@code node} does: {@code prune rotation · seed 2 · round 1}. */
  static String of(Node node) {
    return switch (node.task()) {
      case PruneTask prune ->
          "prune %s · seed %d · round %d"
              .formatted(prune.objective(), prune.setting().seed(), prune.round());
      case ScoreTask score ->
          "score %s · seed %d · shard %d of %d"
              .formatted(
                  score.objective(),
                  score.setting().seed(),
                  score.shard() + 1,
                  score.recipe().shards());
      case CutTask cut ->
          "cut %s · seed %d · round %d"
              .formatted(cut.objective(), cut.setting().seed(), cut.round());
      case EvaluateTask evaluate -> {
        Place place = node.places().getFirst();
        yield "evaluate %s · seed %d · level %d"
            .formatted(place.arm(), place.seed(), place.level());
      }
    };
  }

  /** {@code node} in a line. */
  static TaskLine line(Node node, TaskStanding standing) {
    Optional<AttemptReported> running =
        standing.attempt().filter(any -> standing.state() == TaskStanding.State.RUNNING);
    return new TaskLine(
        node.id(),
        of(node),
        TaskKind.of(node.task()).toString(),
        standing.state(),
        running.map(AttemptReported::worker),
        running.map(AttemptReported::at),
        standing.attempt().map(AttemptReported::attempt).orElse(0),
        standing.attempt().map(AttemptReported::progress).orElse(Progress.NONE),
        standing.attempt().flatMap(AttemptReported::failure).map(Failure::message),
        standing.newest("test_accuracy"),
        standing.newest("density"));
  }
}
