package dev.espalier.compute;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Evidence;
import dev.espalier.compute.train.Keeping;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.Position;
import dev.espalier.compute.train.TaskException;
import dev.espalier.compute.train.Trainer;
import dev.espalier.compute.train.Watcher;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.TaskId;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every piece of work has at hand.
 *
 * @param id the task's name
 * @param parents what its parents found
 * @param checkpoint what an earlier attempt left
 * @param observer who watches
 * @param keeping where artifacts go
 * @param provider what computes
 * @param settings what the worker decides for itself
 */
record Job(
    TaskId id,
    Map<TaskId, ? extends Result> parents,
    Optional<Digest> checkpoint,
    Observer observer,
    Keeping keeping,
    Provider provider,
    WorkbenchSettings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  /** How the images of {@code setting} become inputs. */
  Reading reading(Setting setting) {
    Dataset data = Datasets.open(setting.data(), settings.folders());
    return new Reading(
        data, setting.training().augmentation(), setting.seed(), settings.inputThreads());
  }

  /** The network of {@code setting} for {@code objective}, compiled. */
  Apparatus compile(Reading reading, Setting setting, Objective objective) {
    Lesson lesson = new Lesson(reading, objective, setting.training());
    return Apparatus.open(provider, lesson, setting);
  }

  /** The threads of the slot that works on the task. */
  Crew crew() {
    return Crew.of(settings.threads());
  }

  /** What {@code parent}, a round or its cut, found. */
  Result.Pruned parent(TaskId parent) {
    return parent(parent, Result.Pruned.class);
  }

  /** What {@code parent} found. */
  <R extends Result> R parent(TaskId parent, Class<R> kind) {
    return Optional.<Result>ofNullable(parents.get(parent))
        .filter(kind::isInstance)
        .map(kind::cast)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected what %s, a parent of task %s, %s"
                        .formatted(parent, id, kind.getSimpleName().toLowerCase(Locale.ROOT))));
  }

  /** Has {@code apparatus} take up what {@code trained} left, and says after how many steps. */
  long takeUp(Apparatus apparatus, TaskId trained, Crew crew) {
    WeightsFile left = weights(parent(trained).trained());
    return apparatus.takeUp(left, maskOf(trained), crew);
  }

  /** The mask that {@code parent} published. */
  Mask maskOf(TaskId parent) {
    return read("mask", parent(parent).mask().digest(), Mask::parse);
  }

  /** The weights under {@code digest}. */
  WeightsFile weights(Digest digest) {
    return read("weights", digest, WeightsFile::parse);
  }

  /** Adds to {@code evidence} what {@code score} found. */
  void addTo(Evidence evidence, TaskId score) {
    Digest digest = parent(score, Result.Scored.class).evidence();
    read(
        "evidence",
        digest,
        bytes -> {
          evidence.add(MemorySegment.ofArray(bytes));
          return bytes;
        });
  }

  private <T> T read(String what, Digest digest, Function<byte[], T> parse) {
    try {
      return keeping.artifacts().get(digest).map(parse).orElseThrow(() -> missing(what, digest));
    } catch (IllegalArgumentException e) {
      throw new TaskException(
          new Failure.ArtifactMissing(
              "expected %s in %s (task %s): %s".formatted(what, digest, id, e.getMessage())));
    }
  }

  private TaskException missing(String what, Digest digest) {
    return new TaskException(
        new Failure.ArtifactMissing(
            "expected the %s %s in the store, got nothing (task %s)".formatted(what, digest, id)));
  }

  /** A run on {@code apparatus} from {@code step}, or from where an earlier attempt got to. */
  Trainer trainer(Apparatus apparatus, long step) {
    return trainer(apparatus, step, observer);
  }

  /** As above, of which {@code watcher} is told. */
  Trainer trainer(Apparatus apparatus, long step, Watcher watcher) {
    Trainer trainer = new Trainer(id, apparatus, Position.at(step, numerics()), keeping, watcher);
    checkpoint.ifPresent(left -> resume(trainer, left));
    return trainer;
  }

  private void resume(Trainer trainer, Digest left) {
    try {
      if (keeping.artifacts().read(left, bytes -> trainer.resuming(left, bytes)).isEmpty()) {
        beginAnew(left, "expected it in the store, got nothing that is whole");
      }
    } catch (IllegalArgumentException e) {
      beginAnew(left, String.valueOf(e.getMessage()));
    }
  }

  private void beginAnew(Digest left, String reason) {
    LOG.atWarn()
        .addKeyValue("task", id)
        .addKeyValue("checkpoint", left)
        .addKeyValue("reason", reason)
        .log("a checkpoint cannot be used, the task begins anew");
    observer.troubled(
        "checkpoint %s cannot be used, the task begins anew: %s".formatted(left.brief(), reason));
  }

  /** What the bits of a result depend on here. */
  Numerics numerics() {
    return new Numerics(
        provider.name(),
        Machine.processor(),
        settings.threads(),
        Machine.build(),
        false,
        provider.primitives());
  }
}
