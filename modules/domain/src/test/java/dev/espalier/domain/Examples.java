package dev.espalier.domain;

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
import dev.espalier.domain.study.Transfer;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Values that tests start from. */
public final class Examples {
  /** Names by what a value prints as: equal values have equal names, as in the canonical form. */
  public static final Naming NAMING =
      new Naming() {
        @Override
        public StudyId nameOf(Study study) {
          return new StudyId(digestOf(study));
        }

        @Override
        public TaskId nameOf(Task task) {
          return new TaskId(digestOf(task));
        }
      };

  private Examples() {}

  /** The digest of what {@code value} prints as. */
  public static Digest digestOf(Object value) {
    return Digest.of(value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A recipe that removes {@code fraction} of what remains. */
  public static Recipe recipe(double fraction) {
    return new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, fraction, TrainingPoint.epochs(1));
  }

  /** {@code study} with a criterion that sees images, shared out to so many shards. */
  public static Study sharedOut(Study study, int shards) {
    Recipe usual = study.pruning().recipe();
    Recipe shared =
        new Recipe(
            Criterion.SNIP,
            usual.scope(),
            usual.fraction(),
            usual.rewind(),
            usual.pattern(),
            usual.moment(),
            Recipe.BATCHES,
            1,
            usual.depth(),
            usual.retrain(),
            usual.schedule(),
            shards);
    return new Study(
        study.data(),
        study.network(),
        study.seeds(),
        study.objectives(),
        study.training(),
        new Pruning(shared, study.pruning().rounds()),
        study.evaluations(),
        study.precision(),
        study.trainings(),
        study.variants(),
        study.transfers());
  }

  private static Transfer other() {
    DataSpec data =
        DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(200), OptionalInt.of(100))
            .pinnedTo(digestOf("fewer"));
    return new Transfer(data, Training.standard(2));
  }

  /** A study on pinned glyphs, of labels and rotation, with two seeds. */
  public static Study study(int rounds, List<Evaluation> evaluations) {
    return new Study(
        DataSpec.all(DataSpec.Name.GLYPHS).pinnedTo(digestOf("glyphs")),
        KnownNetwork.RESNET8,
        List.of(1L, 2L),
        List.of(Objective.LABELS, Objective.ROTATION),
        new Training(
            4,
            64,
            Optimizer.STANDARD,
            0.1,
            List.of(),
            0.1,
            1e-4,
            TrainingPoint.START,
            Augmentation.STANDARD),
        new Pruning(recipe(0.5), rounds),
        evaluations,
        Precision.FLOAT32,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(Map.of("other", other())));
  }
}
