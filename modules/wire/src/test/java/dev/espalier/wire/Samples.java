package dev.espalier.wire;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Deadline;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Tenant;
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
import dev.espalier.domain.task.Size;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Domain values at random: the same seed gives the same ones. */
final class Samples extends StudySamples {
  Samples(long seed) {
    super(seed);
  }

  /** One event of each type. */
  List<Event> events() {
    return List.of(
        wished(),
        spent(),
        released(),
        withdrawn(),
        reported(),
        ended(),
        masked(),
        sampled(),
        logged());
  }

  Event.StudyWished wished() {
    Event.StudyWished usual =
        new Event.StudyWished(instant(), studyId(), text(), study(), any(Event.Wish.values()));
    return random.nextBoolean()
        ? usual
        : new Event.StudyWished(
            usual.at(),
            usual.study(),
            usual.name(),
            usual.content(),
            usual.wish(),
            maybe(() -> Event.Priority.URGENT),
            maybe(this::budget),
            maybe(() -> new Tenant("vision")));
  }

  private Budget budget() {
    Deadline deadline =
        random.nextBoolean()
            ? new Deadline.At(instant())
            : new Deadline.After(Duration.ofSeconds(1 + upTo(100_000)));
    return new Budget(
        maybe(() -> deadline),
        Optional.of(Duration.ofMillis(1 + upTo(1_000_000))),
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + upTo(100)));
  }

  Event.BudgetSpent spent() {
    return new Event.BudgetSpent(instant(), studyId(), instant(), any(Budget.Limit.values()));
  }

  Event.TaskReleased released() {
    return new Event.TaskReleased(instant(), studyId(), taskId(), task(), upTo(3));
  }

  Event.TaskWithdrawn withdrawn() {
    return new Event.TaskWithdrawn(
        instant(), studyId(), taskId(), instant(), random.nextInt(9), random.nextBoolean());
  }

  Event.AttemptReported reported() {
    return new Event.AttemptReported(
        instant(),
        studyId(),
        taskId(),
        1 + upTo(5),
        text(),
        any(Event.Phase.values()),
        new Progress(upTo(10), upTo(100), upTo(9), upTo(20), real(), real()),
        maybe(this::digest),
        maybe(this::failure),
        random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(upTo(100_000)));
  }

  Event.OutcomePublished ended() {
    return new Event.OutcomePublished(
        instant(), studyId(), taskId(), 1 + upTo(5), text(), outcome());
  }

  Event.MaskPublished masked() {
    Mask mask = mask();
    return new Event.MaskPublished(
        instant(),
        studyId(),
        taskId(),
        objective(),
        upTo(9),
        seed(),
        mask.summary(maybe(this::digest)),
        maybe(() -> mask));
  }

  Event.MetricSampled sampled() {
    Map<String, Double> values = Map.of("train_loss", real(), "density", real(), "z", real());
    return new Event.MetricSampled(
        instant(), studyId(), taskId(), 1 + upTo(5), random.nextLong(LARGEST), values);
  }

  Event.AttemptLogged logged() {
    LogLine line = new LogLine(instant(), any(LogLine.Level.values()), text());
    return new Event.AttemptLogged(
        instant(), studyId(), taskId(), 1 + upTo(5), "w" + upTo(9), List.of(line, line));
  }

  Task task() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> pruneTask();
      case 2 -> scoreTask();
      case 3 -> cutTask();
      default -> evaluateTask();
    };
  }

  private PruneTask pruneTask() {
    int round = upTo(3);
    Optional<TaskId> parent = round == 0 ? Optional.empty() : Optional.of(taskId());
    return new PruneTask(
        setting(),
        objective(),
        recipe(),
        round,
        parent,
        round == 0 ? maybe(this::taskId) : Optional.empty());
  }

  private ScoreTask scoreTask() {
    Recipe shared = sharedOut(2 + upTo(9));
    int shard = random.nextInt(shared.shards());
    return new ScoreTask(setting(), objective(), shared, taskId(), shard);
  }

  private CutTask cutTask() {
    Recipe shared = sharedOut(2 + upTo(9));
    List<TaskId> scores = IntStream.range(0, shared.shards()).mapToObj(i -> taskId()).toList();
    return new CutTask(setting(), objective(), shared, upTo(3), taskId(), scores);
  }

  private EvaluateTask evaluateTask() {
    Evaluation drawn = evaluation("t1");
    Evaluation evaluation = drawn.protocol() == Protocol.PRUNED ? Evaluation.TICKET : drawn;
    boolean inherits = evaluation.protocol().weights() != Protocol.Weights.FRESH;
    Optional<TaskId> weights = inherits ? Optional.of(taskId()) : Optional.empty();
    OptionalInt depth = random.nextBoolean() ? OptionalInt.of(1 + upTo(9)) : OptionalInt.empty();
    return new EvaluateTask(setting(), evaluation, maybe(this::taskId), weights, depth);
  }

  private Outcome outcome() {
    return random.nextBoolean()
        ? new Outcome.Completed(
            result(),
            new Numerics(
                text(), text(), 1 + upTo(64), text(), random.nextBoolean(), maybe(this::digest)),
            new Cost(random.nextLong(LARGEST), Duration.ofNanos(random.nextLong(1L << 52))))
        : new Outcome.Failed(failure());
  }

  private Result result() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new Result.Pruned(
              score(), mask().summary(maybe(this::digest)), digest(), digest(), maybe(this::cut));
      case 1 -> new Result.Scored(digest());
      default ->
          new Result.Evaluated(
              score(), upTo(1000), 1000, maybe(this::size), maybe(() -> List.of(0.5, 0.25, 0.75)));
    };
  }

  private Score score() {
    OptionalDouble top5 =
        random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty();
    return new Score(random.nextDouble(), real(), top5);
  }

  private Cut cut() {
    return new Cut(score(), size(), upTo(1000));
  }

  private Size size() {
    return new Size(1000, upTo(1000), LARGEST, upTo(1000));
  }

  Failure failure() {
    List<Failure> failures =
        List.of(
            new Failure.DataMissing(text()),
            new Failure.ArtifactMissing(text()),
            new Failure.BadInput(text()),
            new Failure.Diverged(text()),
            new Failure.MaskViolated(text()),
            new Failure.OutOfMemory(text()),
            new Failure.StoreUnreachable(text()),
            new Failure.WorkersLost(text()));
    return failures.get(random.nextInt(failures.size()));
  }

  Mask mask() {
    List<TensorMask> tensors = new ArrayList<>();
    for (int i = 0; i <= upTo(4); i++) {
      List<Integer> shape = List.of(1 + upTo(8), 1 + upTo(8), 3, 3);
      boolean[] kept = new boolean[shape.get(0) * shape.get(1) * 9];
      for (int j = 0; j < kept.length; j++) {
        kept[j] = random.nextBoolean();
      }
      tensors.add(TensorMask.of("layer" + i + ".weight", shape, kept));
    }
    return Mask.of(tensors);
  }

  private StudyId studyId() {
    return new StudyId(digest());
  }

  private TaskId taskId() {
    return new TaskId(digest());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextLong(1L << 32), random.nextInt(1_000_000_000));
  }

  private double real() {
    double[] special = {Double.NaN, Double.NEGATIVE_INFINITY, 0, -0.0, 1e300, Double.MIN_VALUE};
    return random.nextInt(4) == 0 ? special[random.nextInt(6)] : random.nextDouble(-10, 10);
  }

  private String text() {
    return "wörk \"er\" \\ \u2028 " + random.nextInt();
  }
}
