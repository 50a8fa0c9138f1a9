package dev.espalier.compute;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Cutting;
import dev.espalier.compute.train.Evidence;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends a round whose score was shared out: adds the shares up, and cuts as the round would have.
 */
final class CutJob {
  private final Job job;
  private final CutTask task;

  CutJob(Job job, CutTask task) {
    this.job = job;
    this.task = task;
  }

  Ending run() {
    if (job.observer().stopRequested()) {
      return new Ending.Stopped(Optional.empty());
    }
    Instant began = job.keeping().clock().instant();
    try (Apparatus apparatus =
            job.compile(job.reading(task.setting()), task.setting(), task.objective());
        Crew crew = job.crew()) {
      long step = job.takeUp(apparatus, task.trained(), crew);
      Mask pruned = cut(apparatus, step, crew);
      job.keeping().artifacts().put(pruned.canonicalBytes());
      Result result = result(pruned, apparatus, crew);
      Duration time = Duration.between(began, job.keeping().clock().instant());
      return new Ending.Done(result, job.numerics(), new Cost(0, time));
    }
  }

  private Mask cut(Apparatus apparatus, long step, Crew crew) {
    int weights = apparatus.parameters().length(Buffer.WEIGHTS);
    try (Evidence evidence = new Evidence(task.recipe().criterion().evidence(), weights)) {
      task.scores().forEach(score -> job.addTo(evidence, score));
      return new Cutting(task.recipe(), apparatus, step, crew).mask(evidence).toMask();
    }
  }

  private Result result(Mask pruned, Apparatus apparatus, Crew crew) {
    Result.Pruned round = job.parent(task.trained());
    Optional<Digest> before =
        task.round() == 0 ? Optional.empty() : Optional.of(round.mask().digest());
    return new Result.Pruned(
        round.score(),
        pruned.summary(before),
        round.trained(),
        round.rewind(),
        Optional.of(PruneJob.cut(apparatus, crew, pruned)));
  }
}
