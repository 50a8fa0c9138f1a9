package dev.espalier.compute;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Evidence;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gathers what a trained network's gradients say of its weights, over a share of the batches. */
final class ScoreJob {
  private static final double NANOS_A_SECOND = 1e9;

  private final Job job;
  private final ScoreTask task;

  ScoreJob(Job job, ScoreTask task) {
    this.job = job;
    this.task = task;
  }

  Ending run() {
    Instant began = job.keeping().clock().instant();
    try (Apparatus apparatus =
            job.compile(job.reading(task.setting()), task.setting(), task.objective());
        Crew crew = job.crew();
        Evidence evidence =
            new Evidence(
                task.recipe().criterion().evidence(),
                apparatus.parameters().length(Buffer.WEIGHTS))) {
      long step = job.takeUp(apparatus, task.trained(), crew) + task.first();
      evidence.gather(apparatus, step, task.batches(), () -> goesOn(evidence, apparatus, began));
      if (evidence.batches() < task.batches()) {
        return new Ending.Stopped(Optional.empty());
      }
      return new Ending.Done(
          new Result.Scored(evidence.keepIn(job.keeping().artifacts())),
          job.numerics(),
          new Cost(images(evidence, apparatus), since(began)));
    }
  }

  private boolean goesOn(Evidence evidence, Apparatus apparatus, Instant began) {
    double seconds = since(began).toNanos() / NANOS_A_SECOND;
    double speed = seconds > 0 ? images(evidence, apparatus) / seconds : 0;
    job.observer().progressed(new Progress(evidence.batches(), task.batches(), 0, 1, speed, 0));
    return !job.observer().stopRequested();
  }

  private static long images(Evidence evidence, Apparatus apparatus) {
    return evidence.batches() * apparatus.lesson().inputs();
  }

  private Duration since(Instant began) {
    return Duration.between(began, job.keeping().clock().instant());
  }
}
