package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SharedScoreTest {
  private static final Setting SETTING = Tasks.setting(1);
  private static final int BATCHES = 7;

  private final MemoryArtifacts artifacts = new MemoryArtifacts();
  private final Workbench workbench =
      new Workbench(WorkbenchSettings.standard(Map.of()), artifacts, InstantSource.system());
  private final Map<TaskId, Result> found = new HashMap<>();

  private static Recipe recipe(Criterion criterion, Moment moment, int shards) {
    return new Recipe(
        criterion,
        Scope.GLOBAL,
        0.5,
        moment == Moment.TRAINED ? TrainingPoint.iterations(3) : TrainingPoint.START,
        Pattern.UNSTRUCTURED,
        moment,
        BATCHES,
        1,
        OptionalInt.empty(),
        Retraining.REWIND,
        PruningSchedule.ROUNDS,
        shards);
  }

  private TaskId run(String name, Task task) {
    TaskId id = Tasks.id(name);
    Map<TaskId, Result> parents = new HashMap<>(found);
    parents.keySet().retainAll(task.parents());
    Ending ending = workbench.run(id, task, parents, Optional.empty(), Notes.patient());
    assertThat(ending).as(name).isInstanceOf(Ending.Done.class);
    found.put(id, ((Ending.Done) ending).result());
    return id;
  }

  /** Two rounds as one task each. */
  private List<MaskSummary> whole(Objective objective, Recipe recipe) {
    TaskId first = run("whole 0", new PruneTask(SETTING, objective, recipe, 0, Optional.empty()));
    TaskId second =
        run("whole 1", new PruneTask(SETTING, objective, recipe, 1, Optional.of(first)));
    return List.of(mask(first), mask(second));
  }

  /** Two rounds whose scores are shared out, what the last share finds being added first. */
  private List<MaskSummary> shared(Objective objective, Recipe recipe) {
    List<MaskSummary> masks = new ArrayList<>();
    Optional<TaskId> parent = Optional.empty();
    for (int round = 0; round < 2; round++) {
      TaskId trained =
          run("trained " + round, new PruneTask(SETTING, objective, recipe, round, parent));
      List<TaskId> scores = new ArrayList<>();
      for (int shard = 0; shard < recipe.shards(); shard++) {
        String name = "share %d of round %d".formatted(shard, round);
        scores.addFirst(run(name, new ScoreTask(SETTING, objective, recipe, trained, shard)));
      }
      parent =
          Optional.of(
              run("cut " + round, new CutTask(SETTING, objective, recipe, round, trained, scores)));
      masks.add(mask(parent.get()));
    }
    return masks;
  }

  private MaskSummary mask(TaskId task) {
    return ((Result.Pruned) Objects.requireNonNull(found.get(task))).mask();
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        arguments(Objective.LABELS, Criterion.TAYLOR, Moment.UNTRAINED, BATCHES),
        arguments(Objective.ROTATION, Criterion.FISHER, Moment.UNTRAINED, 3),
        arguments(Objective.LABELS, Criterion.SNIP, Moment.TRAINED, 3),
        arguments(new Objective.Npid(20, 0.1, 16), Criterion.TAYLOR, Moment.TRAINED, 3),
        arguments(new Objective.Swav(16, 0.1, 0.05, 16, 2, 16), Criterion.SNIP, Moment.TRAINED, 2));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void theMasksAreTheSameHoweverManyShareTheScores(
      Objective objective, Criterion criterion, Moment moment, int shards) {
    List<MaskSummary> whole = whole(objective, recipe(criterion, moment, 1));

    assertThat(shared(objective, recipe(criterion, moment, shards))).isEqualTo(whole);
  }

  @Test
  void aShareThatIsAskedToStopLeavesNothing() {
    Recipe recipe = recipe(Criterion.SNIP, Moment.UNTRAINED, 2);
    TaskId trained =
        run("trained", new PruneTask(SETTING, Objective.LABELS, recipe, 0, Optional.empty()));
    Set<Digest> kept = artifacts.digests();

    Ending ending =
        workbench.run(
            Tasks.id("share"),
            new ScoreTask(SETTING, Objective.LABELS, recipe, trained, 0),
            found,
            Optional.empty(),
            Notes.stoppingAfter(0));

    assertThat(ending).isEqualTo(new Ending.Stopped(Optional.empty()));
    assertThat(artifacts.digests()).isEqualTo(kept);
  }

  @Test
  void evidenceThatIsMissingIsSaid() {
    Recipe recipe = recipe(Criterion.SNIP, Moment.UNTRAINED, 2);
    TaskId trained =
        run("trained", new PruneTask(SETTING, Objective.LABELS, recipe, 0, Optional.empty()));
    TaskId there = run("share 0", new ScoreTask(SETTING, Objective.LABELS, recipe, trained, 0));
    TaskId gone = Tasks.id("share 1");
    Digest nothing = Digest.of(new byte[] {1});
    found.put(gone, new Result.Scored(nothing));

    Ending ending =
        workbench.run(
            Tasks.id("cut"),
            new CutTask(SETTING, Objective.LABELS, recipe, 0, trained, List.of(there, gone)),
            found,
            Optional.empty(),
            Notes.patient());

    assertThat(ending)
        .isInstanceOfSatisfying(
            Ending.Wrong.class,
            wrong ->
                assertThat(wrong.failure())
                    .isInstanceOfSatisfying(
                        Failure.ArtifactMissing.class,
                        missing -> assertThat(missing.message()).contains(nothing.toString())));
  }
}
