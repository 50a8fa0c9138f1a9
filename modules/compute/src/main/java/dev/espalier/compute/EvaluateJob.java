package dev.espalier.compute;

import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.probe.FrozenTrunk;
import dev.espalier.compute.probe.LinearProbe;
import dev.espalier.compute.probe.NearestNeighbours;
import dev.espalier.compute.prune.AdjustedControl;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.NaturalSparsity;
import dev.espalier.compute.prune.Permutation;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Instability;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.Run;
import dev.espalier.compute.train.Transfer;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Labelled;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges one mask on labels, as {@link Protocol} says (Caron et al. 2020, sections 4.1 and 4.2).
 *
 * <p>Rewound weights are trained on from step k, or from where as many images have been seen; all
 * others from step 0. Where a network was trained on something else than labels it gets a new head.
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
      case TICKET, REINIT, RANDOM, ADJUSTED, SHUFFLED, FINETUNE, TRANSFER -> retrain();
      case INSTABILITY -> retrainTwice();
      case PROBE, KNN, SVM -> probe();
      case PRUNED ->
          throw new IllegalArgumentException("expected prune tasks for " + task.evaluation());
    };
  }

  private long seed() {
    return task.setting().seed();
  }

  private Ending retrain() {
    Reading reading = job.reading(task.setting());
    try (Apparatus apparatus = open(reading);
        Crew crew = job.crew()) {
      long step = begin(apparatus, crew);
      return switch (job.trainer(apparatus, step).run()) {
        case Run.Stopped(var checkpoint) -> new Ending.Stopped(Optional.of(checkpoint));
        case Run.Finished(Score score, var position) ->
            done(score, apparatus, Optional.empty(), position.numerics(), position.cost());
      };
    }
  }

  private Ending retrainTwice() {
    Reading reading = job.reading(task.setting());
    try (Apparatus apparatus = open(reading);
        Lesson other = new Lesson(reading.sibling(1), Objective.LABELS, task.setting().training());
        Crew crew = job.crew()) {
      long step = begin(apparatus, crew);
      Instability both = Instability.of(apparatus, other);
      return switch (both.train(job.trainer(apparatus, step, both.telling(job.observer())))) {
        case Run.Stopped(var checkpoint) -> new Ending.Stopped(Optional.of(checkpoint));
        case Run.Finished(Score score, var position) -> {
          List<Double> accuracies =
              both.line(Instability.USUAL_POINTS).stream().map(Score::accuracy).toList();
          yield done(
              score, apparatus, Optional.of(accuracies), position.numerics(), position.cost());
        }
      };
    }
  }

  /** The network on labels, or on those of a share of the images. */
  private Apparatus open(Reading reading) {
    Optional<Labelled> known =
        task.evaluation().share().stream()
            .mapToObj(share -> new Labelled(share, Labelled.Of.IMAGES))
            .findFirst();
    Lesson lesson = new Lesson(reading, Objective.LABELS, task.setting().training(), known);
    return Apparatus.open(job.provider(), lesson, task.setting());
  }

  /** Gives the network its weights under its mask, and says at which step its training begins. */
  private long begin(Apparatus apparatus, Crew crew) {
    Mask mask = mask(apparatus);
    switch (task.evaluation().protocol().weights()) {
      case FRESH -> draw(apparatus);
      case REWOUND -> {
        WeightsFile weights = job.weights(job.parent(task.weights().orElseThrow()).rewind());
        copy(weights, apparatus);
        apparatus.putUnder(mask, crew);
        return weights.images() / apparatus.lesson().batch();
      }
      case TRAINED -> {
        if (task.evaluation().protocol() == Protocol.TRANSFER) {
          Transfer.begin(apparatus, trained(), mask, crew);
          return 0;
        }
        copy(trained(), apparatus);
      }
      case DENSE -> {
        trained().copyTrunkTo(apparatus.parameters(), seed());
        mask = adjusted(mask, apparatus);
        draw(apparatus);
      }
    }
    apparatus.putUnder(mask, crew);
    return 0;
  }

  private Mask adjusted(Mask mask, Apparatus apparatus) {
    Mask alive = NaturalSparsity.alive(apparatus.parameters());
    return FlatMask.of(apparatus.parameters().slots(), mask)
        .changed(task.depth(), part -> AdjustedControl.of(part, sameTensors(alive, part), seed()));
  }

  private static Mask sameTensors(Mask whole, Mask part) {
    return Mask.of(
        whole.tensors().stream().filter(tensor -> part.tensor(tensor.name()).isPresent()).toList());
  }

  private void draw(Apparatus apparatus) {
    Initialisation.draw(apparatus.parameters(), seed(), Initialisation.Purpose.FRESH);
  }

  private void copy(WeightsFile weights, Apparatus apparatus) {
    if (Objective.classifies(weights.objective())) {
      weights.copyTo(apparatus.parameters());
    } else {
      weights.copyTrunkTo(apparatus.parameters(), seed());
    }
  }

  private WeightsFile trained() {
    return job.weights(job.parent(task.weights().orElseThrow()).trained());
  }

  private Mask mask(Apparatus apparatus) {
    Mask mask =
        task.mask()
            .map(job::maskOf)
            .orElseGet(() -> FlatMask.dense(apparatus.parameters().slots()).toMask());
    return switch (task.evaluation().protocol()) {
      case RANDOM ->
          FlatMask.of(apparatus.parameters().slots(), mask)
              .changed(task.depth(), part -> Permutation.of(part, seed()));
      case SHUFFLED -> Permutation.layerwise(mask, seed());
      default -> mask;
    };
  }

  private Ending probe() {
    if (job.observer().stopRequested()) {
      return new Ending.Stopped(Optional.empty());
    }
    Instant began = job.keeping().clock().instant();
    Reading reading = job.reading(task.setting());
    try (Apparatus apparatus = open(reading);
        Crew crew = job.crew()) {
      trained().copyTrunkTo(apparatus.parameters(), seed());
      apparatus.putUnder(mask(apparatus), crew);
      Score score = judge(reading, apparatus);
      Duration time = Duration.between(began, job.keeping().clock().instant());
      Cost cost = new Cost(reading.data().train().count(), time);
      return done(score, apparatus, Optional.empty(), job.numerics(), cost);
    }
  }

  private Score judge(Reading reading, Apparatus apparatus) {
    String layer = task.evaluation().detail();
    if (layer.isEmpty()) {
      return judge(reading, apparatus.plan());
    }
    try (FrozenTrunk trunk =
        FrozenTrunk.upTo(layer, apparatus, job.provider(), task.setting().precision())) {
      return judge(reading, trunk.plan());
    }
  }

  private Score judge(Reading reading, Plan plan) {
    return switch (task.evaluation().protocol()) {
      case KNN ->
          NearestNeighbours.of(
              reading, plan, NearestNeighbours.USUAL_COUNT, NearestNeighbours.USUAL_TEMPERATURE);
      case SVM -> LinearProbe.supportVectors(reading, plan, LinearProbe.USUAL_COST);
      default -> LinearProbe.of(reading, plan);
    };
  }

  private static Ending done(
      Score score, Apparatus apparatus, Optional<List<Double>> line, Numerics numerics, Cost cost) {
    FlatMask mask = apparatus.mask();
    Result result =
        new Result.Evaluated(
            score, mask.count(), mask.total(), Optional.of(apparatus.size()), line);
    return new Ending.Done(result, numerics, cost);
  }
}
