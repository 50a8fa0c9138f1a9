package dev.espalier.cli.progress;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.util.Optional;

/**
 * What a slot computes.
 *
 * @param worker the slot
 * @param task the work in words: {@code prune rotation seed 2 round 1}
 * @param progress how far it is
 * @param density the fraction of prunable weights that it trains or judges; absent while unknown
 * @param accuracy its newest accuracy on test images, 0 to 1; absent before the first
 */
public record RunningTask(
    String worker,
    String task,
    Progress progress,
    Optional<Double> density,
    Optional<Double> accuracy) {

  static RunningTask of(Node node, Standings standings) {
    TaskStanding standing = standings.task(node.id());
    Optional<AttemptReported> attempt = standing.attempt();
    return new RunningTask(
        attempt.map(AttemptReported::worker).orElse("?"),
        words(node),
        attempt.map(AttemptReported::progress).orElse(Progress.NONE),
        density(node.task(), standings),
        standing.newest("test_accuracy"));
  }

  /** The work of {@code node} in a few words. */
  static String words(Node node) {
    long seed = node.task().setting().seed();
    return switch (node.task()) {
      case PruneTask prune ->
          "prune %s seed %d round %d".formatted(prune.objective(), seed, prune.round());
      case ScoreTask score ->
          "score %s seed %d shard %d of %d"
              .formatted(score.objective(), seed, score.shard() + 1, score.recipe().shards());
      case CutTask cut -> "cut %s seed %d round %d".formatted(cut.objective(), seed, cut.round());
      case EvaluateTask evaluate -> {
        Place place = node.places().getFirst();
        yield "judge %s seed %d level %d".formatted(place.arm(), seed, place.level());
      }
    };
  }

  private static Optional<Double> density(Task task, Standings standings) {
    Optional<TaskId> mask =
        switch (task) {
          case PruneTask prune -> prune.parent();
          case ScoreTask score -> Optional.of(score.trained());
          case CutTask cut -> Optional.of(cut.trained());
          case EvaluateTask evaluate -> evaluate.mask();
        };
    return mask.isEmpty()
        ? Optional.of(1.0)
        : standings.task(mask.get()).result().flatMap(RunningTask::densityOf);
  }

  private static Optional<Double> densityOf(Result result) {
    return switch (result) {
      case Result.Pruned pruned -> Optional.of(pruned.mask().density());
      case Result.Scored scored -> Optional.empty();
      case Result.Evaluated evaluated -> Optional.empty();
    };
  }
}
