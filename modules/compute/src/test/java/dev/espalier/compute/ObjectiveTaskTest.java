package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Labelled;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.TaskId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every objective in a round of pruning, calm and broken off. */
class ObjectiveTaskTest {
  private static final TaskId ID = Tasks.id("round 0");

  private final Workbench workbench =
      new Workbench(
          WorkbenchSettings.standard(Map.of()), new MemoryArtifacts(), InstantSource.system());

  static Stream<Objective> objectives() {
    return Stream.concat(
        Objective.USUAL.stream(),
        Stream.of(
            new Objective.Labels(new Labelled(0.5, Labelled.Of.IMAGES)),
            new Objective.Labels(new Labelled(0.5, Labelled.Of.CLASSES)),
            new Objective.S4l(new Labelled(0.5, Labelled.Of.CLASSES), 2),
            new Objective.Exemplar(3, Objective.Mining.SOFT, 0, 16),
            new Objective.Npid(20, 0.1, 16),
            new Objective.Swav(16, 0.1, 0.05, 16, 2, 16)));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aRunThatIsBrokenOffAgainAndAgainEndsInTheSameBytes(Objective objective) {
    PruneTask task = Tasks.round0(objective);
    Result.Pruned calm = (Result.Pruned) ((Ending.Done) run(task, Optional.empty(), -1)).result();

    Optional<Digest> checkpoint = Optional.empty();
    Ending ending = run(task, checkpoint, 3);
    int stops = 0;
    while (ending instanceof Ending.Stopped stopped) {
      stops++;
      checkpoint = stopped.checkpoint();
      ending = run(task, checkpoint, 3);
    }

    assertThat(stops).isPositive();
    assertThat(((Ending.Done) ending).result()).isEqualTo(calm);
    assertThat(calm.score().accuracy()).isBetween(0.0, 1.0);
    assertThat(calm.score().loss()).isBetween(0.0, 20.0);
  }

  private Ending run(PruneTask task, Optional<Digest> checkpoint, int steps) {
    Notes notes = steps < 0 ? Notes.patient() : Notes.stoppingAfter(steps);
    return workbench.run(ID, task, Map.of(), checkpoint, notes);
  }

  @Test
  void labelsOnAFewImagesNeedABatchOfThem() {
    Objective few = new Objective.Labels(new Labelled(0.1, Labelled.Of.IMAGES));

    Ending ending = run(Tasks.round0(few), Optional.empty(), -1);

    assertThat(ending)
        .isEqualTo(
            new Ending.Wrong(
                new Failure.BadInput(
                    "expected a batch of at most the 10 training images, got 16")));
  }
}
