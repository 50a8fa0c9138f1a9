package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A mask that a study found, in a line.
 *
 * @param digest its name
 * @param parent the mask that it was cut from; absent when that was the dense network
 * @param study the study, by whose graph the rest is told
 * @param task the task that published it
 * @param arm the arm whose network was cut, such as {@code rotation/trained}; absent where no arm
 *     shows it
 * @param objective what that was trained on
 * @param seed the task's seed
 * @param round the round that selected it, from 0
 * @param level how many times weights were removed
 * @param kept prunable weights kept
 * @param total prunable weights
 * @param density the fraction kept, 0 to 1
 * @param at when it was published
 */
public record MaskLine(
    Digest digest,
    Optional<Digest> parent,
    StudyId study,
    TaskId task,
    Optional<String> arm,
    String objective,
    long seed,
    int round,
    int level,
    long kept,
    long total,
    double density,
    Instant at) {
  static MaskLine of(StudyId study, Node node, MaskPublished published) {
    MaskSummary summary = published.summary();
    return new MaskLine(
        summary.digest(),
        summary.parent(),
        study,
        node.id(),
        node.places().stream().findFirst().map(place -> place.arm().toString()),
        published.objective().toString(),
        published.seed(),
        published.round(),
        level(node),
        summary.kept(),
        summary.total(),
        summary.density(),
        published.at());
  }

  private static int level(Node node) {
    return switch (node.task()) {
      case PruneTask prune -> prune.level();
      case CutTask cut -> cut.round() + 1;
      case ScoreTask _, EvaluateTask _ -> 0;
    };
  }
}
