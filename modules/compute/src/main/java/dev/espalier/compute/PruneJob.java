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
import dev.espalier.compute.train.Trainer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
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
 */
final class PruneJob {
  private final Job job;
  private final PruneTask task;

  PruneJob(Job job, PruneTask task) {
    this.job = job;
    this.task = task;
  }

  Ending run() {
    Reading reading = job.reading(task.setting());
    try (Apparatus apparatus = job.compile(reading, task.setting(), task.objective());
        Crew crew = job.crew()) {
      Mask mask =
          task.parent()
              .map(job::maskOf)
              .orElseGet(() -> FlatMask.dense(apparatus.parameters().slots()).toMask());
      begin(apparatus);
      apparatus.putUnder(mask, crew);
      return switch (run(trainer(apparatus))) {
        case Run.Stopped(Digest checkpoint) -> new Ending.Stopped(Optional.of(checkpoint));
        case Run.Finished finished -> prune(apparatus, crew, finished);
      };
    }
  }

  private Run run(Trainer trainer) {
    return switch (task.recipe().moment()) {
      case TRAINED -> trainer.run();
      case UNTRAINED -> trainer.examined();
    };
  }

  private void begin(Apparatus apparatus) {
    if (task.parent().isPresent()) {
      Digest rewind = job.parent(task.parent().get()).rewind();
      job.weights(rewind).copyTo(apparatus.parameters());
    } else if (task.origin().isPresent()) {
      Digest trained = job.parent(task.origin().get()).trained();
      job.weights(trained).copyTrunkTo(apparatus.parameters(), task.setting().seed());
    } else {
      Initialisation.draw(apparatus.parameters(), task.setting().seed(), Initialisation.Purpose.W0);
    }
  }

  private Trainer trainer(Apparatus apparatus) {
    long k = apparatus.schedule().stepsBefore(task.recipe().rewind());
    return task.parent().isPresent()
        ? job.trainer(apparatus, k)
        : job.trainer(apparatus, 0).keepingRewind(k);
  }

  private Ending prune(Apparatus apparatus, Crew crew, Run.Finished finished) {
    Mask pruned = pruned(apparatus, crew, finished.position().step());
    Artifacts artifacts = job.keeping().artifacts();
    artifacts.put(pruned.canonicalBytes());
    Digest trained = artifacts.put(apparatus.weightsAt(finished.position().step()).bytes());
    Digest rewind =
        task.parent()
            .map(parent -> job.parent(parent).rewind())
            .or(() -> finished.position().rewind())
            .orElseThrow();
    MaskSummary summary = pruned.summary(task.parent().map(this::maskDigest));
    Cut cut = cut(apparatus, crew, pruned);
    return new Ending.Done(
        new Result.Pruned(finished.score(), summary, trained, rewind, Optional.of(cut)),
        finished.position().numerics(),
        finished.position().cost());
  }

  private Mask pruned(Apparatus apparatus, Crew crew, long step) {
    return new Cutting(task.recipe(), apparatus, step, crew).mask().toMask();
  }

  /** Looks at the network under its new mask, which it stays under. */
  private static Cut cut(Apparatus apparatus, Crew crew, Mask pruned) {
    long zeros = apparatus.mask().zeros(apparatus.parameters().segment(Buffer.WEIGHTS));
    apparatus.putUnder(pruned, crew);
    Score score = Exam.of(apparatus.lesson(), apparatus.plan());
    return new Cut(score, apparatus.size(), zeros);
  }

  private Digest maskDigest(TaskId parent) {
    return job.parent(parent).mask().digest();
  }
}
