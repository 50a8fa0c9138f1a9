package dev.espalier.fleet.estimate;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;
import java.util.Optional;

/**
 * What tasks that take equally long have in common; the seed is none of it.
 *
 * @param data the images
 * @param network what is trained
 * @param training how
 * @param objective what a prune task trains on; absent for evaluations
 * @param first whether it is round 0, which trains from the very start
 * @param evaluation how an evaluation judges; absent for prune tasks
 */
record Shape(
    DataSpec data,
    Network network,
    Training training,
    Optional<Objective> objective,
    boolean first,
    Optional<Evaluation> evaluation) {
  private static final int CIFAR_IMAGES = 50_000;
  private static final int IDX_IMAGES = 60_000; // MNIST's; others are estimated by it
  private static final int FOLDER_IMAGES = 100_000; // anybody's guess
  private static final int GLYPHS_IMAGES = 10_000;

  /** The shape of {@code task}. */
  static Shape of(Task task) {
    Setting setting = task.setting();
    return switch (task) {
      case PruneTask prune ->
          new Shape(
              setting.data(),
              setting.network(),
              setting.training(),
              Optional.of(prune.objective()),
              prune.round() == 0,
              Optional.empty());
      case EvaluateTask evaluate ->
          new Shape(
              setting.data(),
              setting.network(),
              setting.training(),
              Optional.empty(),
              false,
              Optional.of(evaluate.evaluation()));
    };
  }

  /** Images passed forward and backward: those of the data × epochs × inputs an image becomes. */
  double images() {
    int copies = objective.map(Objective::inputs).orElse(1);
    return (double) training.epochs() * copies * imagesAnEpoch();
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
