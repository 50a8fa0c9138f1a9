package dev.espalier.fleet.estimate;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;

/**
 * How many images a task passes through its network, which is what is known of its cost before any
 * was measured: each copy and view that it takes, forward and backward; one that is passed forward
 * alone, as in tests, counts a third.
 *
 * <p>Left out is what costs little beside: small crops, and the scores of cuts in training.
 */
final class Passes {
  private static final double FORWARD = 1.0 / 3;
  private static final int TEST_VIEWS = 2;
  private static final int POINTS = 30; // on the line of an instability

  private Passes() {}

  /** Those of {@code task}. */
  static double of(Task task) {
    return switch (task) {
      case PruneTask prune -> of(prune);
      case ScoreTask score -> batches(score.setting(), score.objective(), score.batches());
      case CutTask cut -> exams(cut.setting(), cut.objective(), 1);
      case EvaluateTask evaluate -> of(evaluate);
    };
  }

  /**
   * A round has an exam at the end of each epoch, or of the network as drawn, and one of its cut.
   */
  private static double of(PruneTask prune) {
    Setting setting = prune.setting();
    Objective objective = prune.objective();
    Recipe recipe = prune.recipe();
    int perEpoch = stepsPerEpoch(setting, shown(objective));
    long steps = trained(prune, perEpoch);
    long exams = Math.max(1, Math.ceilDiv(steps, perEpoch)) + (recipe.sharesScores() ? 0 : 1);
    return batches(setting, objective, steps + scored(recipe)) + exams(setting, objective, exams);
  }

  private static double batches(Setting setting, Objective objective, long count) {
    return (double) count * setting.training().batch() * objective.inputs();
  }

  private static double exams(Setting setting, Objective objective, long count) {
    int inputs = objective instanceof Objective.OfViews ? TEST_VIEWS : objective.inputs();
    return FORWARD * count * test(setting.data()) * inputs;
  }

  /** Steps of training: none of an untrained network; of a later round those from step k on. */
  private static long trained(PruneTask prune, int perEpoch) {
    Training training = prune.setting().training();
    Recipe recipe = prune.recipe();
    if (recipe.moment() == Moment.UNTRAINED) {
      return 0;
    }
    long k = prune.round() == 0 ? 0 : recipe.rewind().steps(perEpoch, training.batch());
    return Math.max(0, (long) training.epochs() * perEpoch - k);
  }

  /** Batches that a round's cut looks at, where that is no task of its own. */
  private static long scored(Recipe recipe) {
    boolean looks = recipe.criterion().readsImages() && !recipe.cutsInTraining();
    return looks && !recipe.sharesScores() ? (long) recipe.batches() * recipe.steps() : 0;
  }

  /** The part of the images that {@code objective} is shown. */
  private static double shown(Objective objective) {
    return objective instanceof Objective.Labels(var labelled) ? labelled.share() : 1;
  }

  private static double of(EvaluateTask evaluate) {
    Setting setting = evaluate.setting();
    Evaluation evaluation = evaluate.evaluation();
    return switch (evaluation.protocol()) {
      case TICKET, REINIT, RANDOM, ADJUSTED, SHUFFLED, FINETUNE, TRANSFER ->
          retrained(setting, evaluation);
      case INSTABILITY ->
          2 * retrained(setting, evaluation) + FORWARD * POINTS * test(setting.data());
      case PROBE, KNN, SVM -> FORWARD * (train(setting.data()) + test(setting.data()));
      case PRUNED -> throw new IllegalArgumentException("expected prune tasks for " + evaluation);
    };
  }

  private static double retrained(Setting setting, Evaluation evaluation) {
    Training training = setting.training();
    int perEpoch = stepsPerEpoch(setting, evaluation.share().orElse(1));
    return (double) training.epochs()
        * (perEpoch * training.batch() + FORWARD * test(setting.data()));
  }

  private static int stepsPerEpoch(Setting setting, double share) {
    return Math.max(1, (int) (share * train(setting.data())) / setting.training().batch());
  }

  /** The training images: all of a folder are anybody's guess, all of an IDX file MNIST's. */
  private static int train(DataSpec data) {
    return data.train()
        .orElse(
            switch (data.name()) {
              case CIFAR10, CIFAR100 -> 50_000;
              case IDX -> 60_000;
              case FOLDER -> 100_000;
              case GLYPHS -> 10_000;
            });
  }

  private static int test(DataSpec data) {
    return data.test()
        .orElse(
            switch (data.name()) {
              case CIFAR10, CIFAR100, IDX, FOLDER -> 10_000;
              case GLYPHS -> 2_000;
            });
  }
}
