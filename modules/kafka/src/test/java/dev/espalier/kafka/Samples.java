package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;
import dev.espalier.wire.CanonicalNaming;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events to write and read; every number makes a different task. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final StudyId STUDY = new StudyId(digest("study"));

  private Samples() {}

  static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static TaskReleased prune(long number) {
    Recipe recipe = new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.2, TrainingPoint.epochs(1));
    return released(
        new PruneTask(setting(number), Objective.LABELS, recipe, 0, Optional.empty()), 0);
  }

  static TaskReleased evaluate(long number) {
    return released(
        new EvaluateTask(setting(number), Evaluation.REINIT, Optional.empty(), Optional.empty()),
        0);
  }

  private static Setting setting(long seed) {
    DataSpec data = DataSpec.all(DataSpec.Name.GLYPHS).pinnedTo(digest("glyphs"));
    return new Setting(data, KnownNetwork.RESNET8, seed, Training.standard(2), Precision.FLOAT32);
  }

  private static TaskReleased released(Task task, int after) {
    return new TaskReleased(NOON, STUDY, new CanonicalNaming().nameOf(task), task, after);
  }

  static TaskReleased again(TaskReleased released, int after) {
    return released(released.content(), after);
  }

  static OutcomePublished completed(TaskReleased released, int attempt) {
    Numerics numerics = new Numerics("onednn", "a processor", 1, "0.1.0", false, Optional.empty());
    Result result = new Result.Evaluated(new Score(0.5, 1.25), 3, 8);
    Outcome outcome = new Outcome.Completed(result, numerics, new Cost(64, Duration.ofSeconds(2)));
    return new OutcomePublished(NOON, STUDY, released.task(), attempt, "w1", outcome);
  }

  static OutcomePublished failed(TaskReleased released, int attempt) {
    Outcome outcome = new Outcome.Failed(new Failure.Diverged("expected a number, got NaN"));
    return new OutcomePublished(NOON, STUDY, released.task(), attempt, "w1", outcome);
  }

  static AttemptReported word(TaskReleased released, int attempt, Phase phase, Instant at) {
    return new AttemptReported(
        at,
        STUDY,
        released.task(),
        attempt,
        "w" + attempt,
        phase,
        Progress.NONE,
        Optional.of(digest("checkpoint " + attempt)),
        Optional.empty());
  }

  static MaskPublished mask(TaskReleased released) {
    Mask mask =
        Mask.of(
            List.of(
                TensorMask.of(
                    "conv1.weight", List.of(1, 2, 2, 1), new boolean[] {true, false, true, true})));
    return new MaskPublished(
        NOON,
        STUDY,
        released.task(),
        Objective.LABELS,
        0,
        1,
        mask.summary(Optional.empty()),
        Optional.of(mask));
  }
}
