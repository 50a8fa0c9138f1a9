package dev.espalier.fleet.estimate;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Recipe;
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
 * @param recipe how a network is pruned; absent for evaluations
 * @param evaluation how an evaluation judges; absent for all others
 * @param passes the {@link Passes} of each, which tell the round that trains from the very start
 *     from later ones, and a larger share of the batches from a smaller
 */
record Shape(
    TaskKind kind,
    DataSpec data,
    Network network,
    Training training,
    Optional<Objective> objective,
    Optional<Recipe> recipe,
    Optional<Evaluation> evaluation,
    double passes) {
  /** The shape of {@code task}. */
  static Shape of(Task task) {
    return switch (task) {
      case PruneTask prune -> of(prune, prune.objective(), prune.recipe());
      case ScoreTask score -> of(score, score.objective(), score.recipe());
      case CutTask cut -> of(cut, cut.objective(), cut.recipe());
      case EvaluateTask evaluate ->
          of(evaluate, Optional.empty(), Optional.empty(), Optional.of(evaluate.evaluation()));
    };
  }

  private static Shape of(Task task, Objective objective, Recipe recipe) {
    return of(task, Optional.of(objective), Optional.of(recipe), Optional.empty());
  }

  private static Shape of(
      Task task,
      Optional<Objective> objective,
      Optional<Recipe> recipe,
      Optional<Evaluation> evaluation) {
    Setting setting = task.setting();
    return new Shape(
        TaskKind.of(task),
        setting.data(),
        setting.network(),
        setting.training(),
        objective,
        recipe,
        evaluation,
        Passes.of(task));
  }
}
