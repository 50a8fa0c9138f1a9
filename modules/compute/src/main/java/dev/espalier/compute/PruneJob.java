package dev.espalier.compute;

import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Cutting;
import dev.espalier.compute.train.Exam;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Run;
import dev.espalier.compute.train.Thinning;
import dev.espalier.compute.train.Trainer;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.TaskId;
import java.util.Optional;

/**
 * One round of iterative pruning: round 0 trains the dense network from W₀ and keeps W_k; every
 * later one trains m ⊙ W_k from step k on, m being the mask of the round before; each ends by
 * cutting its own mask by what W* is worth (Frankle et al. 2020; Caron et al. 2020, section 3.3). A
 * recipe for untrained networks does the same without any training.
 *
 * <p>By a schedule that does not go round by round, a round ends with the mask that it trained
 * under: round 0 with the dense one, every later one with that of its level, which is cut from W*
 * of round 0 beforehand, or on the way from W_k on. So it does where others score what it trained.
 */
final class PruneJob {
  private final Job job;
  private final PruneTask task;
  private final Recipe recipe;

  PruneJob(Job job, PruneTask task) {
    this.job = job;
    this.task = task;
    this.recipe = task.recipe();
  }

  /**
   * What a round trains under.
   *
   * @param mask the mask that it begins with
   * @param cut the network that was cut to it just now; empty when it was not
   */
  private record Beginning(Mask mask, Optional<Cut> cut) {}

  Ending run() {
    Reading reading = job.reading(task.setting());
    try (Apparatus apparatus = job.compile(reading, task.setting(), task.objective());
        Crew crew = job.crew()) {
      Beginning beginning = beginning(apparatus, crew);
      apparatus.putUnder(FlatMask.dense(apparatus.parameters().slots()).toMask(), crew);
      takeWeights(apparatus);
      apparatus.putUnder(beginning.mask(), crew);
      try (Thinning thinning = Thinning.of(recipe, task.round(), apparatus, crew)) {
        return switch (run(trainer(apparatus).thinning(thinning))) {
          case Run.Stopped(Digest checkpoint) -> new Ending.Stopped(Optional.of(checkpoint));
          case Run.Finished finished -> prune(apparatus, crew, beginning, finished);
        };
      }
    }
  }

  private Beginning beginning(Apparatus apparatus, Crew crew) {
    Mask dense = FlatMask.dense(apparatus.parameters().slots()).toMask();
    return switch (recipe.schedule()) {
      case PruningSchedule.Rounds rounds ->
          new Beginning(task.parent().map(job::maskOf).orElse(dense), Optional.empty());
      case PruningSchedule.Once once when task.parent().isPresent() ->
          cutAtOnce(apparatus, crew, job.parent(task.parent().get()));
      case PruningSchedule.Once once -> new Beginning(dense, Optional.empty());
      case PruningSchedule.Cubic cubic -> new Beginning(dense, Optional.empty());
      case PruningSchedule.StraightThrough through -> new Beginning(dense, Optional.empty());
    };
  }

  /** Cuts W* of the dense network straight to the task's level. */
  private Beginning cutAtOnce(Apparatus apparatus, Crew crew, Result.Pruned dense) {
    WeightsFile weights = job.weights(dense.trained());
    weights.copyTo(apparatus.parameters());
    Mask mask =
        new Cutting(recipe, apparatus, weights.step(), crew).maskAfter(task.round()).toMask();
    return new Beginning(mask, Optional.of(cut(apparatus, crew, mask)));
  }

  private Run run(Trainer trainer) {
    return switch (recipe.moment()) {
      case TRAINED -> trainer.run();
      case UNTRAINED -> trainer.examined();
    };
  }

  private void takeWeights(Apparatus apparatus) {
    if (task.parent().isPresent()) {
      Result.Pruned parent = job.parent(task.parent().get());
      Digest weights =
          switch (recipe.retrain()) {
            case REWIND -> parent.rewind();
            case RATE, FINETUNE -> parent.trained();
          };
      job.weights(weights).copyTo(apparatus.parameters());
    } else if (task.origin().isPresent()) {
      Digest trained = job.parent(task.origin().get()).trained();
      job.weights(trained).copyTrunkTo(apparatus.parameters(), task.setting().seed());
    } else {
      Initialisation.draw(apparatus.parameters(), task.setting().seed(), Initialisation.Purpose.W0);
    }
  }

  private Trainer trainer(Apparatus apparatus) {
    long k = apparatus.schedule().stepsBefore(recipe.rewind());
    if (task.parent().isEmpty()) {
      return job.trainer(apparatus, 0).keepingRewind(k);
    }
    Trainer trainer = job.trainer(apparatus, k);
    return recipe.retrain() == Retraining.FINETUNE ? trainer.atTheLastRate() : trainer;
  }

  private Ending prune(Apparatus apparatus, Crew crew, Beginning beginning, Run.Finished finished) {
    long step = finished.position().step();
    Mask pruned =
        task.cutsAtItsEnd()
            ? new Cutting(recipe, apparatus, step, crew).mask().toMask()
            : apparatus.mask().toMask();
    Artifacts artifacts = job.keeping().artifacts();
    artifacts.put(pruned.canonicalBytes());
    WeightsFile left =
        recipe.sharesScores() ? apparatus.everythingAt(step) : apparatus.weightsAt(step);
    Digest trained = artifacts.put(left.bytes());
    Digest rewind =
        task.parent()
            .map(parent -> job.parent(parent).rewind())
            .or(() -> finished.position().rewind())
            .orElseThrow();
    MaskSummary summary = pruned.summary(task.parent().map(this::maskDigest));
    Cut cut = beginning.cut().orElseGet(() -> cut(apparatus, crew, pruned));
    return new Ending.Done(
        new Result.Pruned(finished.score(), summary, trained, rewind, Optional.of(cut)),
        finished.position().numerics(),
        finished.position().cost());
  }

  /** Looks at the network under its new mask, which it stays under. */
  static Cut cut(Apparatus apparatus, Crew crew, Mask pruned) {
    long zeros = apparatus.mask().zeros(apparatus.parameters().segment(Buffer.WEIGHTS));
    apparatus.putUnder(pruned, crew);
    Score score = Exam.of(apparatus.lesson(), apparatus.plan());
    return new Cut(score, apparatus.size(), zeros);
  }

  private Digest maskDigest(TaskId parent) {
    return job.parent(parent).mask().digest();
  }
}
