package dev.espalier.fleet;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values that tests start from. */
public final class Samples {
  /** Names by what a value prints as: equal values have equal names, as in the canonical form. */
  public static final Naming NAMING =
      new Naming() {
        @Override
        public StudyId nameOf(Study study) {
          return new StudyId(digest(study.toString()));
        }

        @Override
        public TaskId nameOf(Task task) {
          return new TaskId(digest(task.toString()));
        }
      };

  /** When tests begin. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What an imagined result depends on. */
  public static final Numerics NUMERICS =
      new Numerics("nd4j", "any", 1, "0.1.0", false, Optional.empty());

  private static final long TOTAL = 1_000;

  private Samples() {}

  /** The digest of {@code text}. */
  public static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code START} plus {@code seconds}. */
  public static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  /** A study of these seeds on labels and rotation, judged by ticket, reinit and random. */
  public static Study study(int rounds, Long... seeds) {
    return new Study(
        DataSpec.all(DataSpec.Name.GLYPHS).pinnedTo(digest("glyphs")),
        KnownNetwork.RESNET8,
        List.of(seeds),
        List.of(Objective.LABELS, Objective.ROTATION),
        new Training(
            2,
            64,
            Optimizer.STANDARD,
            0.1,
            List.of(),
            0.1,
            1e-4,
            TrainingPoint.START,
            Augmentation.STANDARD),
        new Pruning(
            new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.5, TrainingPoint.epochs(1)), rounds),
        List.of(Evaluation.TICKET, Evaluation.REINIT, Evaluation.RANDOM),
        Precision.FLOAT32);
  }

  /** An outcome of {@code task}: the same for the same task, and of the right kind. */
  public static Outcome.Completed completed(Task task) {
    return new Outcome.Completed(result(task), NUMERICS, new Cost(2_000, Duration.ofSeconds(2)));
  }

  /** A result of {@code task}: the same for the same task, and of the right kind. */
  public static Result result(Task task) {
    String name = NAMING.nameOf(task).toString();
    double accuracy = 0.5 + Math.floorMod(name.hashCode(), 100) / 250.0;
    return switch (task) {
      case PruneTask prune -> pruned(name, accuracy, prune.level());
      case ScoreTask score -> new Result.Scored(digest("evidence" + name));
      case CutTask cut -> pruned(name, accuracy, cut.round() + 1);
      case EvaluateTask evaluate ->
          new Result.Evaluated(new Score(accuracy, 1 - accuracy), TOTAL / 2, TOTAL);
    };
  }

  private static Result pruned(String name, double accuracy, int level) {
    return new Result.Pruned(
        new Score(accuracy, 1 - accuracy),
        new MaskSummary(
            digest("mask" + name),
            Optional.empty(),
            List.of(new Kept("conv1.weight", Math.max(1, TOTAL >> Math.min(level, 9)), TOTAL))),
        digest("trained" + name),
        digest("rewind" + name));
  }
}
