package dev.espalier.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Deadline;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Tenant;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Size;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The events whose bytes are kept as golden files. */
final class GoldenEvents {
  private static final Instant AT = Instant.parse("2026-11-22T18:30:00.123Z");
  private static final CanonicalNaming NAMING = new CanonicalNaming();
  private static final DataSpec DATA =
      new DataSpec(
          DataSpec.Name.GLYPHS,
          OptionalInt.of(2000),
          OptionalInt.of(1000),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.of(digest("images")));
  private static final Training TRAINING =
      new Training(
          4,
          64,
          new Optimizer.Sgd(0.9, true),
          0.05,
          List.of(TrainingPoint.epochs(2), TrainingPoint.iterations(90)),
          0.2,
          5e-4,
          TrainingPoint.iterations(50),
          Augmentation.of(false, 2));
  private static final Recipe RECIPE =
      new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.2, TrainingPoint.epochs(1));
  private static final Study STUDY =
      new Study(
          DATA,
          KnownNetwork.RESNET8,
          List.of(1L, 2L, 3L),
          List.of(Objective.LABELS, Objective.ROTATION),
          TRAINING,
          new Pruning(RECIPE, 3),
          Evaluation.USUAL,
          Precision.FLOAT32);
  private static final StudyId STUDY_ID = NAMING.nameOf(STUDY);
  private static final Setting SETTING =
      new Setting(DATA, KnownNetwork.RESNET8, 3, TRAINING, Precision.FLOAT32);
  private static final PruneTask ROUND0 =
      new PruneTask(SETTING, Objective.ROTATION, RECIPE, 0, Optional.empty());
  private static final PruneTask ROUND1 =
      new PruneTask(SETTING, Objective.ROTATION, RECIPE, 1, Optional.of(NAMING.nameOf(ROUND0)));
  private static final EvaluateTask EVALUATE =
      new EvaluateTask(
          SETTING,
          Evaluation.TICKET,
          Optional.of(NAMING.nameOf(ROUND1)),
          Optional.of(NAMING.nameOf(ROUND0)));
  private static final TaskId TASK = NAMING.nameOf(ROUND1);
  private static final Mask MASK =
      Mask.of(
          List.of(
              TensorMask.of("conv1.weight", List.of(2, 1, 2, 2), kept(0b10110001, 8)),
              TensorMask.of("layer1.0.conv1.weight", List.of(3, 3), kept(0b101010101, 9))));

  private static final Recipe SHARED =
      new Recipe(
          Criterion.SNIP,
          Scope.GLOBAL,
          0.2,
          TrainingPoint.epochs(1),
          Pattern.UNSTRUCTURED,
          Moment.TRAINED,
          Recipe.BATCHES,
          1,
          OptionalInt.empty(),
          Retraining.REWIND,
          PruningSchedule.ROUNDS,
          2);
  private static final ScoreTask SCORE =
      new ScoreTask(SETTING, Objective.ROTATION, SHARED, TASK, 0);

  private static final Numerics NUMERICS =
      new Numerics("onednn", "x86-64 AMX", 2, "0.2.0", true, Optional.of(digest("primitives")));

  private GoldenEvents() {}

  static Event wished() {
    return new Event.StudyWished(AT, STUDY_ID, "quickstart", STUDY, Event.Wish.RUN);
  }

  static Event wishedWithAdam() {
    Training training =
        new Training(
            4,
            128,
            new Optimizer.Adam(0.9, 0.999, 1e-7),
            1e-3,
            List.of(),
            0.1,
            1e-4,
            TrainingPoint.START,
            Augmentation.STANDARD,
            RateSchedule.COSINE,
            0.1,
            OptionalDouble.of(2.5));
    Study study =
        new Study(
            DATA,
            KnownNetwork.RESNET8,
            List.of(1L),
            List.of(Objective.LABELS),
            training,
            new Pruning(RECIPE, 1),
            List.of(),
            Precision.BF16);
    return new Event.StudyWished(AT, NAMING.nameOf(study), "adam", study, Event.Wish.RUN);
  }

  static Event wishedWithinABudget() {
    Budget budget =
        new Budget(
            Optional.of(new Deadline.At(AT.plusSeconds(7_200))),
            Optional.of(Duration.ofMillis(36_000_500)),
            OptionalInt.of(50));
    return new Event.StudyWished(
        AT,
        STUDY_ID,
        "budget",
        STUDY,
        Event.Wish.RUN,
        Optional.of(Event.Priority.URGENT),
        Optional.of(budget));
  }

  static Event wishedByATenant() {
    Tenant tenant = new Tenant("vision");
    return new Event.StudyWished(
        AT,
        NAMING.nameOf(STUDY, tenant),
        "tenant",
        STUDY,
        Event.Wish.RUN,
        Optional.empty(),
        Optional.empty(),
        Optional.of(tenant));
  }

  static Event spent() {
    return new Event.BudgetSpent(AT.plusSeconds(7_201), STUDY_ID, AT, Budget.Limit.WORKER_SECONDS);
  }

  static Event pruneReleased() {
    return released(ROUND1, 0);
  }

  static Event evaluateReleased() {
    return released(EVALUATE, 2);
  }

  static Event scoreReleased() {
    return released(SCORE, 0);
  }

  static Event cutReleased() {
    TaskId score = NAMING.nameOf(SCORE);
    TaskId other = NAMING.nameOf(new ScoreTask(SETTING, Objective.ROTATION, SHARED, TASK, 1));
    return released(
        new CutTask(SETTING, Objective.ROTATION, SHARED, 1, TASK, List.of(other, score)), 0);
  }

  private static Event released(Task task, int after) {
    return new Event.TaskReleased(AT, STUDY_ID, NAMING.nameOf(task), task, after);
  }

  static Event withdrawn() {
    return new Event.TaskWithdrawn(AT.plusSeconds(9), STUDY_ID, TASK, AT, 2, true);
  }

  static Event reported() {
    return new Event.AttemptReported(
        AT,
        STUDY_ID,
        TASK,
        2,
        "w1",
        Event.Phase.FAILED,
        new Progress(40, 124, 1, 4, 812.5, 1.25),
        Optional.of(digest("checkpoint")),
        Optional.of(new Failure.OutOfMemory("expected 2 GB, got 1 GB")));
  }

  static Event timed() {
    return new Event.AttemptReported(
        AT,
        STUDY_ID,
        TASK,
        3,
        "w1",
        Event.Phase.RUNNING,
        Progress.NONE,
        Optional.empty(),
        Optional.empty(),
        Duration.ofMillis(61_500));
  }

  static Event pruned() {
    Result result =
        new Result.Pruned(
            new Score(0.8125, 0.5),
            MASK.summary(Optional.of(digest("parent"))),
            digest("trained"),
            digest("rewind"));
    return ended(
        new Outcome.Completed(
            result,
            new Numerics("onednn", "x86-64 AVX-512", 1, "0.1.0", false, Optional.empty()),
            new Cost(31_744, Duration.ofMillis(12_345))));
  }

  static Event scored() {
    return ended(
        new Outcome.Completed(
            new Result.Scored(digest("evidence")), NUMERICS, new Cost(512, Duration.ofSeconds(1))));
  }

  static Event evaluated() {
    return ended(
        new Outcome.Completed(
            new Result.Evaluated(new Score(0.75, 0.625), 9, 17),
            NUMERICS,
            new Cost(1024, Duration.ofSeconds(3))));
  }

  static Event cut() {
    Score score = new Score(0.8125, 0.5, OptionalDouble.of(0.9375));
    Cut cut = new Cut(new Score(0.25, 1.5), new Size(40, 32, 5000, 3750), 2);
    Result result =
        new Result.Pruned(
            score,
            MASK.summary(Optional.of(digest("parent"))),
            digest("trained"),
            digest("rewind"),
            Optional.of(cut));
    return ended(new Outcome.Completed(result, NUMERICS, new Cost(1024, Duration.ofSeconds(3))));
  }

  static Event sized() {
    Result result =
        new Result.Evaluated(
            new Score(0.75, 0.625),
            9,
            17,
            Optional.of(new Size(40, 32, 5000, 3750)),
            Optional.empty());
    return ended(new Outcome.Completed(result, NUMERICS, new Cost(1024, Duration.ofSeconds(3))));
  }

  static Event failed() {
    return ended(
        new Outcome.Failed(new Failure.Diverged("expected a finite loss, got NaN at step 12")));
  }

  private static Event ended(Outcome outcome) {
    return new Event.OutcomePublished(AT, STUDY_ID, TASK, 1, "w1", outcome);
  }

  static Event masked() {
    return new Event.MaskPublished(
        AT,
        STUDY_ID,
        TASK,
        Objective.ROTATION,
        1,
        3,
        MASK.summary(Optional.of(digest("parent"))),
        Optional.of(MASK));
  }

  static Event sampled() {
    Map<String, Double> values =
        Map.of("train_loss", Double.NaN, "learning_rate", 1e-4, "density", 0.8, "violations", 0.0);
    return new Event.MetricSampled(AT, STUDY_ID, TASK, 1, 40, values);
  }

  static Event logged() {
    return new Event.AttemptLogged(
        AT,
        STUDY_ID,
        TASK,
        2,
        "w1",
        List.of(
            new LogLine(AT.minusMillis(5), LogLine.Level.INFO, "goes on at step 40 of 120"),
            new LogLine(AT, LogLine.Level.WARN, "waits: expected a store, \"none\" answers")));
  }

  /** The name of the event's golden file. */
  static String nameOf(Event event) {
    return switch (event) {
      case Event.StudyWished e ->
          e.name().equals("quickstart") ? "study.wished" : "study.wished." + e.name();
      case Event.BudgetSpent e -> "budget.spent";
      case Event.TaskReleased e ->
          switch (e.content()) {
            case PruneTask task -> "task.released.prune";
            case ScoreTask task -> "task.released.score";
            case CutTask task -> "task.released.cut";
            case EvaluateTask task -> "task.released.evaluate";
          };
      case Event.TaskWithdrawn e -> "task.withdrawn";
      case Event.AttemptReported e ->
          e.workerTime().isZero() ? "attempt.reported" : "attempt.reported.timed";
      case Event.OutcomePublished e ->
          switch (e.outcome()) {
            case Outcome.Completed outcome ->
                switch (outcome.result()) {
                  case Result.Pruned result ->
                      result.cut().isPresent()
                          ? "outcome.published.cut"
                          : "outcome.published.completed";
                  case Result.Scored result -> "outcome.published.scored";
                  case Result.Evaluated result ->
                      result.size().isPresent()
                          ? "outcome.published.sized"
                          : "outcome.published.evaluated";
                };
            case Outcome.Failed outcome -> "outcome.published.failed";
          };
      case Event.MaskPublished e -> "mask.published";
      case Event.MetricSampled e -> "metric.sampled";
      case Event.AttemptLogged e -> "attempt.logged";
    };
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(UTF_8));
  }

  private static boolean[] kept(int bits, int length) {
    boolean[] kept = new boolean[length];
    for (int i = 0; i < length; i++) {
      kept[i] = (bits >> (length - 1 - i) & 1) == 1;
    }
    return kept;
  }
}
