package dev.espalier.compute;

import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.probe.LinearProbe;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Permutation;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Run;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges one mask on labels (Caron et al. 2020, sections 4.1 and 4.2).
 *
 * <p>{@code ticket} trains m ⊙ W_k from step k on, or where as many images have been seen; a W_k
 * that was trained on something else than labels gets a new head. {@code reinit} trains fresh
 * weights under the mask from step 0, {@code random} under a permutation of it. {@code probe}
 * trains nothing but a linear classifier on the features of m ⊙ W*.
 */
final class EvaluateJob {
  private final Job job;
  private final EvaluateTask task;

  EvaluateJob(Job job, EvaluateTask task) {
    this.job = job;
    this.task = task;
  }

  Ending run() {
    return switch (task.evaluation().protocol()) {
      case TICKET, REINIT, RANDOM -> retrain();
      case PROBE -> probe();
      case ADJUSTED, SHUFFLED, KNN, SVM, FINETUNE, TRANSFER, PRUNED, INSTABILITY ->
          throw new UnsupportedOperationException("not yet: " + task.evaluation());
    };
  }

  private Ending retrain() {
    Reading reading = job.reading(task.setting());
    try (Apparatus apparatus = job.compile(reading, task.setting(), Objective.LABELS);
        Crew crew = job.crew()) {
      long step = begin(apparatus);
      apparatus.putUnder(mask(apparatus), crew);
      return switch (job.trainer(apparatus, step).run()) {
        case Run.Stopped(Digest checkpoint) -> new Ending.Stopped(Optional.of(checkpoint));
        case Run.Finished(Score score, var position) ->
            done(score, apparatus, position.numerics(), position.cost());
      };
    }
  }

  /** Gives the network its weights, and says at which step its training begins. */
  private long begin(Apparatus apparatus) {
    long seed = task.setting().seed();
    if (task.weights().isEmpty()) {
      Initialisation.draw(apparatus.parameters(), seed, Initialisation.Purpose.FRESH);
      return 0;
    }
    WeightsFile weights = job.weights(job.parent(task.weights().get()).rewind());
    if (Objective.classifies(weights.objective())) {
      weights.copyTo(apparatus.parameters());
    } else {
      weights.copyTrunkTo(apparatus.parameters(), seed);
    }
    return weights.images() / apparatus.lesson().batch();
  }

  private Mask mask(Apparatus apparatus) {
    Mask mask =
        task.mask()
            .map(job::maskOf)
            .orElseGet(() -> FlatMask.dense(apparatus.parameters().slots()).toMask());
    return task.evaluation().equals(Evaluation.RANDOM)
        ? Permutation.of(mask, task.setting().seed())
        : mask;
  }

  private Ending probe() {
    if (job.observer().stopRequested()) {
      return new Ending.Stopped(Optional.empty());
    }
    Instant began = job.keeping().clock().instant();
    Reading reading = job.reading(task.setting());
    WeightsFile weights = job.weights(job.parent(task.weights().orElseThrow()).trained());
    try (Apparatus apparatus = job.compile(reading, task.setting(), Objective.LABELS);
        Crew crew = job.crew()) {
      weights.copyTrunkTo(apparatus.parameters(), task.setting().seed());
      apparatus.putUnder(mask(apparatus), crew);
      Score score = LinearProbe.of(reading, apparatus.plan());
      Duration time = Duration.between(began, job.keeping().clock().instant());
      Cost cost = new Cost(reading.data().train().count(), time);
      return done(score, apparatus, job.numerics(), cost);
    }
  }

  private static Ending done(Score score, Apparatus apparatus, Numerics numerics, Cost cost) {
    FlatMask mask = apparatus.mask();
    Result result =
        new Result.Evaluated(score, mask.count(), mask.total(), Optional.of(apparatus.size()));
    return new Ending.Done(result, numerics, cost);
  }
}
