package dev.espalier.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Spending;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Step;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.study.Transfer;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.trigger.Effect;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What JSON says differently from the records: kinds of alternatives, and a few names. */
final class MixIns {
  private static final String KIND = "kind";

  private MixIns() {}

  static void addTo(SimpleModule module) {
    module
        .setMixInAnnotation(Task.class, OfTask.class)
        .setMixInAnnotation(Result.class, OfResult.class)
        .setMixInAnnotation(Outcome.class, OfOutcome.class)
        .setMixInAnnotation(Failure.class, OfFailure.class)
        .setMixInAnnotation(Effect.class, OfEffect.class)
        .setMixInAnnotation(Optimizer.class, OfOptimizer.class)
        .setMixInAnnotation(Study.class, OfStudy.class)
        .setMixInAnnotation(Training.class, OfTraining.class)
        .setMixInAnnotation(Recipe.class, OfRecipe.class)
        .setMixInAnnotation(PruningSchedule.class, OfPruningSchedule.class)
        .setMixInAnnotation(Step.class, OfStep.class)
        .setMixInAnnotation(Pruning.class, OfPruning.class)
        .setMixInAnnotation(Range.class, OfRange.class)
        .setMixInAnnotation(Cost.class, OfCost.class)
        .setMixInAnnotation(Budget.class, OfBudget.class)
        .setMixInAnnotation(Spending.class, OfSpending.class)
        .setMixInAnnotation(AttemptReported.class, OfAttempt.class)
        .setMixInAnnotation(Kept.class, WithDensity.class)
        .setMixInAnnotation(MaskSummary.class, WithDensity.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = KIND)
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "prune", value = PruneTask.class),
    @JsonSubTypes.Type(name = "score", value = ScoreTask.class),
    @JsonSubTypes.Type(name = "cut", value = CutTask.class),
    @JsonSubTypes.Type(name = "evaluate", value = EvaluateTask.class)
  })
  private interface OfTask {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = KIND)
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "pruned", value = Result.Pruned.class),
    @JsonSubTypes.Type(name = "scored", value = Result.Scored.class),
    @JsonSubTypes.Type(name = "evaluated", value = Result.Evaluated.class)
  })
  private interface OfResult {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = KIND)
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "completed", value = Outcome.Completed.class),
    @JsonSubTypes.Type(name = "failed", value = Outcome.Failed.class)
  })
  private interface OfOutcome {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = KIND)
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "data-missing", value = Failure.DataMissing.class),
    @JsonSubTypes.Type(name = "artifact-missing", value = Failure.ArtifactMissing.class),
    @JsonSubTypes.Type(name = "bad-input", value = Failure.BadInput.class),
    @JsonSubTypes.Type(name = "diverged", value = Failure.Diverged.class),
    @JsonSubTypes.Type(name = "mask-violated", value = Failure.MaskViolated.class),
    @JsonSubTypes.Type(name = "out-of-memory", value = Failure.OutOfMemory.class),
    @JsonSubTypes.Type(name = "store-unreachable", value = Failure.StoreUnreachable.class),
    @JsonSubTypes.Type(name = "workers-lost", value = Failure.WorkersLost.class)
  })
  private interface OfFailure {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = KIND)
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "started", value = Effect.Started.class),
    @JsonSubTypes.Type(name = "refused", value = Effect.Refused.class),
    @JsonSubTypes.Type(name = "unmatched", value = Effect.Unmatched.class),
    @JsonSubTypes.Type(name = "malformed", value = Effect.Malformed.class)
  })
  private interface OfEffect {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "sgd", value = Optimizer.Sgd.class),
    @JsonSubTypes.Type(name = "adam", value = Optimizer.Adam.class),
    @JsonSubTypes.Type(name = "adamw", value = Optimizer.AdamW.class),
    @JsonSubTypes.Type(name = "lars", value = Optimizer.Lars.class)
  })
  private interface OfOptimizer {}

  private interface OfStudy {
    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    SortedMap<String, Training> trainings();

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    SortedMap<String, Pruning> variants();

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    SortedMap<String, Transfer> transfers();
  }

  /** Keys that came after the first studies were written are left out where they say the usual. */
  private interface OfTraining {
    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = InSteps.class)
    RateSchedule schedule();

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    double labelSmoothing();
  }

  private static final class InSteps extends Usual {
    InSteps() {
      super(RateSchedule.STEP);
    }
  }

  private interface OfRecipe {
    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = OneByOne.class)
    Pattern pattern();

    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AfterTraining.class)
    Moment moment();

    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualBatches.class)
    int batches();

    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class)
    int steps();

    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Rewound.class)
    Retraining retrain();

    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ByRound.class)
    PruningSchedule schedule();

    @JsonProperty
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class)
    int shards();
  }

  /** Equals one value, which is how Jackson is told to leave it out. */
  private abstract static class Usual {
    private final Object usual;

    Usual(Object usual) {
      this.usual = usual;
    }

    @Override
    public boolean equals(@Nullable Object value) {
      return usual.equals(value);
    }

    @Override
    public int hashCode() {
      return usual.hashCode();
    }
  }

  private static final class OneByOne extends Usual {
    OneByOne() {
      super(Pattern.UNSTRUCTURED);
    }
  }

  private static final class AfterTraining extends Usual {
    AfterTraining() {
      super(Moment.TRAINED);
    }
  }

  private static final class UsualBatches extends Usual {
    UsualBatches() {
      super(Recipe.BATCHES);
    }
  }

  private static final class One extends Usual {
    One() {
      super(1);
    }
  }

  private static final class Rewound extends Usual {
    Rewound() {
      super(Retraining.REWIND);
    }
  }

  private static final class ByRound extends Usual {
    ByRound() {
      super(PruningSchedule.ROUNDS);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "rounds", value = PruningSchedule.Rounds.class),
    @JsonSubTypes.Type(name = "once", value = PruningSchedule.Once.class),
    @JsonSubTypes.Type(name = "cubic", value = PruningSchedule.Cubic.class),
    @JsonSubTypes.Type(name = "straight-through", value = PruningSchedule.StraightThrough.class)
  })
  private interface OfPruningSchedule {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface OfRange {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "conv", value = Step.Convolution.class),
    @JsonSubTypes.Type(name = "depthwise", value = Step.Depthwise.class),
    @JsonSubTypes.Type(name = "batchnorm", value = Step.BatchNorm.class),
    @JsonSubTypes.Type(name = "relu", value = Step.Relu.class),
    @JsonSubTypes.Type(name = "relu6", value = Step.Relu6.class),
    @JsonSubTypes.Type(name = "maxpool", value = Step.MaxPool.class),
    @JsonSubTypes.Type(name = "avgpool", value = Step.AveragePool.class),
    @JsonSubTypes.Type(name = "dropout", value = Step.Dropout.class),
    @JsonSubTypes.Type(name = "dense", value = Step.Dense.class),
    @JsonSubTypes.Type(name = "residual", value = Step.Residual.class),
    @JsonSubTypes.Type(name = "branch", value = Step.Branch.class)
  })
  private interface OfStep {}

  private interface OfCost {
    @JsonProperty("seconds")
    Duration time();
  }

  private interface OfBudget {
    @JsonProperty("workerSeconds")
    Optional<Duration> workerTime();
  }

  private interface OfSpending {
    @JsonProperty("workerSeconds")
    Duration workerTime();
  }

  /** The first attempts told of no time. */
  private interface OfAttempt {
    @JsonProperty("workerSeconds")
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoTime.class)
    Duration workerTime();
  }

  private static final class NoTime extends Usual {
    NoTime() {
      super(Duration.ZERO);
    }
  }

  private interface WithDensity {
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    double density();
  }

  @JsonSerialize(converter = Flatten.class)
  @JsonDeserialize(converter = Nest.class)
  private interface OfPruning {}

  /** A study's pruning as its file has it: the recipe's keys beside the number of rounds. */
  record FlatPruning(
      Criterion criterion,
      Scope scope,
      double fraction,
      int rounds,
      TrainingPoint rewind,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = OneByOne.class)
          Pattern pattern,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AfterTraining.class)
          Moment moment,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualBatches.class)
          int batches,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class) int steps,
      OptionalInt depth,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Rewound.class)
          Retraining retrain,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ByRound.class)
          PruningSchedule schedule,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class) int shards) {}

  private static final class Flatten extends StdConverter<Pruning, FlatPruning> {
    @Override
    public FlatPruning convert(Pruning pruning) {
      Recipe recipe = pruning.recipe();
      return new FlatPruning(
          recipe.criterion(),
          recipe.scope(),
          recipe.fraction(),
          pruning.rounds(),
          recipe.rewind(),
          recipe.pattern(),
          recipe.moment(),
          recipe.batches(),
          recipe.steps(),
          recipe.depth(),
          recipe.retrain(),
          recipe.schedule(),
          recipe.shards());
    }
  }

  private static final class Nest extends StdConverter<FlatPruning, Pruning> {
    @Override
    public Pruning convert(FlatPruning flat) {
      Recipe recipe =
          new Recipe(
              flat.criterion(),
              flat.scope(),
              flat.fraction(),
              flat.rewind(),
              flat.pattern(),
              flat.moment(),
              flat.batches(),
              flat.steps(),
              flat.depth(),
              flat.retrain(),
              flat.schedule(),
              flat.shards());
      return new Pruning(recipe, flat.rounds());
    }
  }
}
