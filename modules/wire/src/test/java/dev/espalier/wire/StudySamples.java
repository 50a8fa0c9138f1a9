package dev.espalier.wire;

import dev.espalier.domain.Digest;
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
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.study.Transfer;
import dev.espalier.domain.task.Setting;
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

/** What studies are made of, at random. */
abstract sealed class StudySamples permits Samples {
  static final long LARGEST = (1L << 53) - 1;

  final SplittableRandom random;

  StudySamples(long seed) {
    this.random = new SplittableRandom(seed);
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

  Objective objective() {
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

  Evaluation evaluation(String transfer) {
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

  Setting setting() {
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

  Recipe recipe() {
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

  Recipe sharedOut(int shards) {
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

  Digest digest() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return Digest.of(bytes);
  }

  long seed() {
    return random.nextLong(-LARGEST, LARGEST);
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
