package dev.espalier.fleet.estimate;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskKind;
import java.util.Optional;

/**
 * What tasks that take equally long have in common; the seed is none of it.
 *
 * @param kind the kind of work
 * @param data the images
 * @param network what is trained
 * @param training how
 * @param objective what is trained on, scored or cut; absent for evaluations
 * @param first whether it is round 0, which trains from the very start
 * @param evaluation how an evaluation judges; absent for all others
 * @param batches how many batches a score task sees; 0 for all others
 */
record Shape(
    TaskKind kind,
    DataSpec data,
    Network network,
    Training training,
    Optional<Objective> objective,
    boolean first,
    Optional<Evaluation> evaluation,
    int batches) {
  private static final int CIFAR_IMAGES = 50_000;
  private static final int IDX_IMAGES = 60_000; // MNIST's; others are estimated by it
  private static final int FOLDER_IMAGES = 100_000; // anybody's guess
  private static final int GLYPHS_IMAGES = 10_000;

  /** The shape of {@code task}. */
  static Shape of(Task task) {
    return switch (task) {
      case PruneTask prune -> of(prune, prune.objective(), prune.round() == 0, 0);
      case ScoreTask score -> of(score, score.objective(), false, score.batches());
      case CutTask cut -> of(cut, cut.objective(), false, 0);
      case EvaluateTask evaluate ->
          of(evaluate, Optional.empty(), false, Optional.of(evaluate.evaluation()), 0);
    };
  }

  private static Shape of(Task task, Objective objective, boolean first, int batches) {
    return of(task, Optional.of(objective), first, Optional.empty(), batches);
  }

  private static Shape of(
      Task task,
      Optional<Objective> objective,
      boolean first,
      Optional<Evaluation> evaluation,
      int batches) {
    Setting setting = task.setting();
    return new Shape(
        TaskKind.of(task),
        setting.data(),
        setting.network(),
        setting.training(),
        objective,
        first,
        evaluation,
        batches);
  }

  /** Images passed forward and backward: those of the data × epochs × inputs an image becomes. */
  double images() {
    int copies = objective.map(Objective::inputs).orElse(1);
    return switch (kind) {
      case PRUNE, EVALUATE -> (double) training.epochs() * copies * imagesAnEpoch();
      case SCORE -> (double) batches * copies * training.batch();
      case CUT -> 0;
    };
  }

  private int imagesAnEpoch() {
    return data.train()
        .orElse(
            switch (data.name()) {
              case CIFAR10, CIFAR100 -> CIFAR_IMAGES;
              case IDX -> IDX_IMAGES;
              case FOLDER -> FOLDER_IMAGES;
              case GLYPHS -> GLYPHS_IMAGES;
            });
  }
}
