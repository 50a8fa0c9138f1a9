package dev.espalier.wire;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Blur;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.Join;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Labelled;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Norm;
import dev.espalier.domain.study.Normalisation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.OwnNetwork;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.ResizedCrop;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Step;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.study.Transfer;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Domain values at random: the same seed gives the same ones. */
final class Samples {
  private static final long LARGEST = (1L << 53) - 1;

  private final SplittableRandom random;

  Samples(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One event of each type. */
  List<Event> events() {
    return List.of(wished(), released(), reported(), ended(), masked(), sampled());
  }

  Event.StudyWished wished() {
    return new Event.StudyWished(instant(), studyId(), text(), study(), any(Event.Wish.values()));
  }

  Event.TaskReleased released() {
    return new Event.TaskReleased(instant(), studyId(), taskId(), task(), upTo(3));
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
        maybe(this::failure));
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

  Study study() {
    List<Objective> objectives = distinct(this::objective, Objective::toString);
    return new Study(
        maybe(this::pinned).orElseGet(() -> DataSpec.first(DataSpec.Name.GLYPHS, part(), part())),
        network(),
        random.longs(1 + upTo(3), -LARGEST, LARGEST).distinct().boxed().toList(),
        objectives,
        training(),
        pruning(),
        distinct(() -> evaluation("t1"), Evaluation::toString),
        any(Precision.values()),
        random.nextBoolean()
            ? new TreeMap<>()
            : new TreeMap<>(Map.of(objectives.getFirst().toString(), training())),
        random.nextBoolean()
            ? new TreeMap<>()
            : new TreeMap<>(Map.of("v1", pruning(), "v2", pruning())),
        new TreeMap<>(Map.of("t1", new Transfer(pinned(), training()))));
  }

  private Pruning pruning() {
    Recipe recipe = recipe();
    return new Pruning(recipe, recipe.pattern() instanceof Pattern.NOfM ? 1 : 1 + upTo(63));
  }

  private <T> List<T> distinct(Supplier<T> draw, Function<T, String> name) {
    Map<String, T> drawn = new LinkedHashMap<>();
    for (int i = upTo(4); i >= 0; i--) {
      T one = draw.get();
      drawn.put(name.apply(one), one);
    }
    return List.copyOf(drawn.values());
  }

  private Objective objective() {
    return switch (upTo(9)) {
      case 0 -> new Objective.Labels(labelled());
      case 1 ->
          new Objective.Exemplar(2 + upTo(5), any(Objective.Mining.values()), 0.5, 2 + upTo(99));
      case 2 -> new Objective.Npid(upTo(9), 0.375, 16);
      case 3 -> new Objective.S4l(labelled(), 0.5);
      case 4 -> new Objective.Simclr(0.25, 2 + upTo(9));
      case 5 -> new Objective.Swav(2 + upTo(9), 0.5, 0.125, 32, upTo(4), 24);
      default -> any(Objective.USUAL.toArray(Objective[]::new));
    };
  }

  private Labelled labelled() {
    return new Labelled(1.0 / (1 + upTo(9)), any(Labelled.Of.values()));
  }

  private Evaluation evaluation(String transfer) {
    Protocol protocol = any(Protocol.values());
    return switch (protocol.detail()) {
      case NONE -> Evaluation.of(protocol);
      case LAYER -> new Evaluation(protocol, random.nextBoolean() ? "" : "layer1.0");
      case SHARE -> new Evaluation(protocol, random.nextBoolean() ? "" : "0.125");
      case TRANSFER -> new Evaluation(protocol, transfer);
    };
  }

  private Network network() {
    return random.nextBoolean()
        ? any(KnownNetwork.values())
        : new OwnNetwork("own" + upTo(9), steps(2));
  }

  private List<Step> steps(int deep) {
    return Stream.generate(() -> step(deep)).limit(1 + upTo(3)).toList();
  }

  private Step step(int deep) {
    Optional<String> name = maybe(() -> "part" + upTo(99));
    return switch (upTo(deep > 0 ? 10 : 8)) {
      case 0 -> new Step.Convolution(1 + upTo(9), 3, 2, OptionalInt.of(upTo(2)), 1, true, name);
      case 1 -> new Step.Convolution(1 + upTo(9), 1, 1, OptionalInt.empty(), 1, false, name);
      case 2 -> new Step.Depthwise(5, 2, false, name);
      case 3 -> new Step.BatchNorm(name);
      case 4 -> new Step.Relu(name);
      case 5 -> new Step.Relu6(name);
      case 6 -> new Step.MaxPool(3, OptionalInt.of(2), 1, name);
      case 7 -> new Step.AveragePool(1 + upTo(2), name);
      case 8 -> new Step.Dense(1 + upTo(9), name);
      case 9 -> new Step.Residual(steps(deep - 1), List.of(), name);
      default -> new Step.Branch(List.of(steps(deep - 1), List.of()), any(Join.values()), name);
    };
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

  private Recipe sharedOut(int shards) {
    return new Recipe(
        any(new Criterion[] {Criterion.SNIP, Criterion.TAYLOR, Criterion.GRASP}),
        any(Scope.values()),
        random.nextDouble(0.01, 0.99),
        point(),
        Pattern.UNSTRUCTURED,
        Moment.TRAINED,
        shards + upTo(99),
        1,
        OptionalInt.empty(),
        any(Retraining.values()),
        PruningSchedule.ROUNDS,
        shards);
  }

  private EvaluateTask evaluateTask() {
    Evaluation drawn = evaluation("t1");
    Evaluation evaluation = drawn.protocol() == Protocol.PRUNED ? Evaluation.TICKET : drawn;
    boolean inherits = evaluation.protocol().weights() != Protocol.Weights.FRESH;
    Optional<TaskId> weights = inherits ? Optional.of(taskId()) : Optional.empty();
    OptionalInt depth = random.nextBoolean() ? OptionalInt.of(1 + upTo(9)) : OptionalInt.empty();
    return new EvaluateTask(setting(), evaluation, maybe(this::taskId), weights, depth);
  }

  private Setting setting() {
    return new Setting(pinned(), network(), seed(), training(), any(Precision.values()));
  }

  private DataSpec pinned() {
    DataSpec.Name name = any(DataSpec.Name.values());
    boolean sized = name == DataSpec.Name.FOLDER && random.nextBoolean();
    OptionalInt size = sized ? OptionalInt.of(8 + upTo(500)) : OptionalInt.empty();
    OptionalInt resize = sized ? OptionalInt.of(508 + upTo(500)) : OptionalInt.empty();
    return new DataSpec(name, part(), part(), size, resize, Optional.of(digest()));
  }

  private OptionalInt part() {
    return random.nextBoolean() ? OptionalInt.of(1 + upTo(50_000)) : OptionalInt.empty();
  }

  private Training training() {
    Training usual = Training.standard(1 + upTo(200));
    RateSchedule schedule = any(RateSchedule.values());
    return new Training(
        usual.epochs(),
        maybe(() -> 1 + upTo(512)).orElse(usual.batch()),
        optimizer(),
        maybe(() -> random.nextDouble(1e-9, 10)).orElse(usual.learningRate()),
        schedule == RateSchedule.STEP
            ? IntStream.range(0, upTo(3)).mapToObj(i -> point()).toList()
            : List.of(),
        maybe(() -> random.nextDouble(1e-3, 1)).orElse(usual.gamma()),
        maybe(() -> random.nextDouble(0, 1)).orElse(usual.weightDecay()),
        maybe(this::point).orElse(usual.warmUp()),
        maybe(this::augmentation).orElse(usual.augmentation()),
        schedule,
        maybe(() -> random.nextDouble(0, 1)).orElse(usual.labelSmoothing()),
        random.nextBoolean()
            ? OptionalDouble.of(random.nextDouble(1e-3, 10))
            : OptionalDouble.empty());
  }

  private Optimizer optimizer() {
    double momentum = maybe(() -> random.nextDouble(0.1, 1)).orElse(0.9);
    double beta2 = maybe(() -> random.nextDouble(0.1, 1)).orElse(0.999);
    double epsilon = maybe(() -> random.nextDouble(1e-12, 1e-3)).orElse(1e-8);
    double trust = maybe(() -> random.nextDouble(1e-4, 1)).orElse(1e-3);
    List<Optimizer> optimizers =
        List.of(
            new Optimizer.Sgd(momentum, random.nextBoolean()),
            new Optimizer.Adam(momentum, beta2, epsilon),
            new Optimizer.AdamW(momentum, beta2, epsilon),
            new Optimizer.Lars(momentum, trust, epsilon));
    return optimizers.get(random.nextInt(optimizers.size()));
  }

  private Augmentation augmentation() {
    return new Augmentation(
        random.nextBoolean(),
        upTo(8),
        maybe(() -> new ResizedCrop(range(), maybe(this::range).orElse(ResizedCrop.USUAL.ratio()))),
        some(180),
        maybe(() -> new Jitter(upTo(2), random.nextDouble(), 0, random.nextDouble(0.1, 0.5), 1)),
        some(1),
        maybe(() -> new Blur(random.nextDouble(0.1, 1), range())),
        maybe(() -> maybe(this::normalisation).orElse(Normalisation.IMAGENET)));
  }

  private Normalisation normalisation() {
    return new Normalisation(List.of(random.nextDouble(-1, 1)), List.of(random.nextDouble(0.1, 1)));
  }

  private Range range() {
    return new Range(random.nextDouble(0.01, 0.5), random.nextDouble(0.5, 1));
  }

  private OptionalDouble some(double most) {
    return random.nextBoolean()
        ? OptionalDouble.of(random.nextDouble(0.01, most))
        : OptionalDouble.empty();
  }

  private Recipe recipe() {
    double fraction = maybe(() -> random.nextDouble(0.01, 0.99)).orElse(0.2);
    Criterion criterion = any(Criterion.values());
    Pattern pattern =
        criterion == Criterion.SLIMMING
            ? new Pattern.Filters(any(Norm.values()))
            : maybe(this::pattern)
                .filter(any -> !criterion.isSigned())
                .orElse(Pattern.UNSTRUCTURED);
    PruningSchedule schedule =
        criterion == Criterion.MOVEMENT ? new PruningSchedule.Cubic(9, 0.5) : schedule();
    boolean inTraining = schedule instanceof PruningSchedule.Cubic;
    Moment moment = inTraining ? Moment.TRAINED : any(Moment.values());
    boolean retrains = moment == Moment.TRAINED && !inTraining;
    return new Recipe(
        criterion,
        any(Scope.values()),
        fraction,
        moment == Moment.TRAINED ? point() : TrainingPoint.START,
        pattern,
        moment,
        maybe(() -> 1 + upTo(99)).orElse(Recipe.BATCHES),
        maybe(() -> inTraining ? 1 : 1 + upTo(99)).orElse(1),
        random.nextBoolean() ? OptionalInt.of(1 + upTo(99)) : OptionalInt.empty(),
        retrains ? any(Retraining.values()) : Retraining.REWIND,
        schedule);
  }

  private PruningSchedule schedule() {
    return switch (random.nextInt(3)) {
      case 0 -> PruningSchedule.ROUNDS;
      case 1 -> new PruningSchedule.Once();
      default ->
          new PruningSchedule.Cubic(
              maybe(() -> 1 + upTo(999)).orElse(100), random.nextDouble(0.01, 0.99));
    };
  }

  private Pattern pattern() {
    Norm norm = any(Norm.values());
    return switch (random.nextInt(3)) {
      case 0 -> new Pattern.Filters(norm);
      case 1 -> new Pattern.Channels(norm);
      default -> new Pattern.Blocks(2 + random.nextInt(8), norm);
    };
  }

  private TrainingPoint point() {
    return switch (upTo(2)) {
      case 0 -> TrainingPoint.epochs(upTo(3));
      case 1 -> TrainingPoint.iterations((long) upTo(999));
      default -> TrainingPoint.images((long) upTo(99_999));
    };
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
            new Failure.OutOfMemory(text()));
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

  Digest digest() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return Digest.of(bytes);
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

  private long seed() {
    return random.nextLong(-LARGEST, LARGEST);
  }

  private double real() {
    double[] special = {Double.NaN, Double.NEGATIVE_INFINITY, 0, -0.0, 1e300, Double.MIN_VALUE};
    return random.nextInt(4) == 0 ? special[random.nextInt(6)] : random.nextDouble(-10, 10);
  }

  private String text() {
    return "wörk \"er\" \\ \u2028 " + random.nextInt();
  }

  private int upTo(int most) {
    return random.nextInt(most + 1);
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
