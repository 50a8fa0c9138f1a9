package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Permutation;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Instability;
import dev.espalier.compute.train.Keeping;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.Position;
import dev.espalier.compute.train.Run;
import dev.espalier.compute.train.Trainer;
import dev.espalier.compute.train.Watcher;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstabilityTest {
  private static final TaskId TASK = Tasks.id("instability");
  private static final Setting SETTING = Tasks.setting(1);
  private static final Numerics NUMERICS =
      new Numerics("onednn", "any", 1, "0", false, Optional.empty());
  private static final int BEGINNING = 3;
  private static final Reading READING =
      new Reading(Datasets.open(SETTING.data(), Map.of()), SETTING.training().augmentation(), 1, 1);

  private final MemoryArtifacts artifacts = new MemoryArtifacts();

  private static Lesson lesson(int sibling) {
    return new Lesson(READING.sibling(sibling), Objective.LABELS, SETTING.training());
  }

  /** Some weights under some mask, as a ticket begins. */
  private static Apparatus apparatus(Lesson lesson) {
    Apparatus apparatus = Apparatus.open(Providers.named(Providers.DEFAULT, 1), lesson, SETTING);
    Initialisation.draw(apparatus.parameters(), 1, Initialisation.Purpose.W0);
    try (Crew crew = Crew.of(1)) {
      apparatus.putUnder(half(FlatMask.dense(apparatus.parameters().slots()).toMask()), crew);
    }
    return apparatus;
  }

  private static Mask half(Mask dense) {
    List<TensorMask> tensors = new ArrayList<>();
    for (TensorMask tensor : dense.tensors()) {
      boolean[] kept = new boolean[tensor.length()];
      for (int i = 0; i < kept.length; i += 2) {
        kept[i] = true;
      }
      tensors.add(TensorMask.of(tensor.name(), tensor.shape(), kept));
    }
    return Permutation.of(Mask.of(tensors), 1);
  }

  private Trainer trainer(Apparatus apparatus, Watcher watcher) {
    Keeping keeping = new Keeping(artifacts, Duration.ofHours(1), InstantSource.system());
    return new Trainer(TASK, apparatus, Position.at(BEGINNING, NUMERICS), keeping, watcher);
  }

  /** Both runs and the line between them, stopped every so many steps. */
  private List<Score> line(Lesson first, Lesson second, int steps, List<Notes> heard) {
    Optional<Digest> left = Optional.empty();
    while (true) {
      try (Apparatus apparatus = apparatus(first)) {
        Notes notes = Notes.stoppingAfter(steps);
        heard.add(notes);
        Instability instability = Instability.of(apparatus, second);
        Trainer trainer = trainer(apparatus, instability.telling(notes));
        left.ifPresent(digest -> resume(trainer, digest));
        switch (instability.train(trainer)) {
          case Run.Stopped(Digest checkpoint) -> left = Optional.of(checkpoint);
          case Run.Finished(Score score, Position position) -> {
            List<Score> line = instability.line(5);
            assertThat(line.getLast()).isEqualTo(score);
            assertThat(position.cost().images()).isEqualTo(2 * (Tasks.STEPS - BEGINNING) * 16);
            return line;
          }
        }
      }
    }
  }

  private void resume(Trainer trainer, Digest digest) {
    assertThat(artifacts.read(digest, bytes -> trainer.resuming(digest, bytes))).isPresent();
  }

  private List<Score> calm(Lesson first, Lesson second) {
    return line(first, second, Integer.MAX_VALUE, new ArrayList<>());
  }

  private static Result.Evaluated evaluated(List<Score> line) {
    Optional<List<Double>> accuracies = Optional.of(line.stream().map(Score::accuracy).toList());
    return new Result.Evaluated(line.getLast(), 1, 1, Optional.empty(), accuracies);
  }

  private Score alone(Lesson lesson) {
    try (Apparatus apparatus = apparatus(lesson)) {
      return ((Run.Finished) trainer(apparatus, Notes.patient()).run()).score();
    }
  }

  @Test
  void theEndsOfTheLineAreWhatEachSiblingComesToAlone() {
    List<Score> line = calm(lesson(0), lesson(1));

    assertThat(line.getFirst()).isEqualTo(alone(lesson(0)));
    assertThat(line.getLast()).isEqualTo(alone(lesson(1)));
    assertThat(line.getFirst()).isNotEqualTo(line.getLast());
    assertThat(line).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void siblingsOfOneNoiseAreOneAndTheSameNetwork() {
    List<Score> line = calm(lesson(2), lesson(2));

    assertThat(line).containsOnly(line.getFirst());
    assertThat(evaluated(line).instability()).hasValue(0);
  }

  @Test
  void bothRunsGoOnToTheSameBytes() {
    List<Notes> heard = new ArrayList<>();

    List<Score> stopped = line(lesson(0), lesson(1), 3, heard);

    assertThat(heard).hasSize(4);
    assertThat(stopped).isEqualTo(calm(lesson(0), lesson(1)));
  }

  @Test
  void theSecondRunIsToldAsTheSecondHalf() {
    List<Notes> heard = new ArrayList<>();
    line(lesson(0), lesson(1), 7, heard);

    assertThat(heard.stream().flatMap(notes -> notes.samples.keySet().stream()))
        .containsExactly(4L, 8L, 12L, 16L);
    assertThat(heard.stream().flatMap(notes -> notes.progress.stream()))
        .allMatch(progress -> progress.steps() == 16 && progress.epochs() == 4)
        .extracting(progress -> progress.step(), progress -> progress.epoch())
        .contains(tuple(8L, 1), tuple(16L, 3));
  }

  @Test
  void siblingZeroIsTheReadingItself() {
    assertThat(READING.sibling(0)).isEqualTo(READING);
    assertThat(Stream.of(0, 1, 2).map(READING::sibling).map(Reading::seed)).doesNotHaveDuplicates();
  }

  @Test
  void aLessonOfAnotherFormIsRefused() {
    try (Apparatus apparatus = apparatus(lesson(0))) {
      Lesson rotation = new Lesson(READING, Objective.ROTATION, SETTING.training());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> apparatus.show(rotation))
          .withMessage(
              "expected a lesson of labels with 16 inputs, 10 answers and 4 steps an epoch");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void whatAnObjectiveKeepsOfOneLessonIsNotTakenIntoAnother(int smallCrops) {
    Objective swav = new Objective.Swav(16, 0.1, 0.05, 16, smallCrops, 16);
    try (Apparatus apparatus = apparatus(new Lesson(READING, swav, SETTING.training()));
        Lesson other = new Lesson(READING.sibling(1), swav, SETTING.training())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apparatus.show(other))
          .withMessage(
              "expected an objective without a state of its own to be shown otherwise, got swav");
    }
  }
}
