package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Deadline;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Blur;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.Normalisation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.ResizedCrop;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFileTest {
  private static final String SHORTEST =
      """
      data: glyphs
      network: resnet8
      training: {epochs: 4}
      pruning: {rounds: 3}
      """;

  /** A study that says everything. */
  static final String FULL =
      """
      name: quickstart
      data: {name: glyphs, train: 2000, test: 1000}
      network: resnet8
      seeds: [1, 2, 3]
      objectives: [labels, rotation]
      training:
        epochs: 4
        batch: 64
        optimizer: {name: sgd, momentum: 0.9, nesterov: true}
        learningRate: 0.1
        milestones: [2ep, 93it]
        gamma: 0.2
        weightDecay: 1e-4
        warmUp: 50it
        augmentation: {flip: false, crop: 2}
      pruning: {criterion: magnitude, scope: global, fraction: 0.25, rounds: 3, rewind: 1ep}
      evaluations: [ticket]
      precision: float32
      """;

  @Test
  void everyKeyIsTaken() {
    NamedStudy named = StudyFile.parse(FULL, "x.yaml");

    Study study = named.study();
    assertThat(named.name()).isEqualTo("quickstart");
    assertThat(study.data().train()).hasValue(2000);
    assertThat(study.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(study.objectives()).containsExactly(Objective.LABELS, Objective.ROTATION);
    assertThat(study.training())
        .isEqualTo(
            new Training(
                4,
                64,
                new Optimizer.Sgd(0.9, true),
                0.1,
                List.of(TrainingPoint.epochs(2), TrainingPoint.iterations(93)),
                0.2,
                1e-4,
                TrainingPoint.iterations(50),
                Augmentation.of(false, 2)));
    assertThat(study.pruning().recipe().fraction()).isEqualTo(0.25);
    assertThat(study.evaluations()).containsExactly(Evaluation.TICKET);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerIsTakenWithItsUsualNumbers(String optimizer, Optimizer expected) {
    String yaml = SHORTEST.replace("epochs: 4", "epochs: 4, optimizer: " + optimizer);

    assertThat(StudyFile.parse(yaml, "x.yaml").study().training().optimizer()).isEqualTo(expected);
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("{}", new Optimizer.Sgd(0.9, false)),
        Arguments.of("{nesterov: true}", new Optimizer.Sgd(0.9, true)),
        Arguments.of("{name: adam}", new Optimizer.Adam(0.9, 0.999, 1e-8)),
        Arguments.of("{name: adamw, beta2: 0.95}", new Optimizer.AdamW(0.9, 0.95, 1e-8)),
        Arguments.of("{name: lars, epsilon: 0}", new Optimizer.Lars(0.9, 0.001, 0)));
  }

  @Test
  void theCourseOfTrainingIsTaken() {
    String keys = "epochs: 4, schedule: cosine, labelSmoothing: 0.1, clipNorm: 5";

    Training training =
        StudyFile.parse(SHORTEST.replace("epochs: 4", keys), "x.yaml").study().training();

    assertThat(training.schedule()).isEqualTo(RateSchedule.COSINE);
    assertThat(training.labelSmoothing()).isEqualTo(0.1);
    assertThat(training.clipNorm()).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unstructured", "filters", "filters/l1", "channels", "4x4", "8x8/l1"})
  void everyPatternIsTakenWithEveryScope(String pattern) {
    for (Scope scope : Scope.values()) {
      String keys = "rounds: 3, scope: %s, pattern: %s".formatted(scope, pattern);

      Recipe recipe = recipe(keys);

      assertThat(recipe.scope()).isEqualTo(scope);
      assertThat(recipe.pattern()).hasToString(pattern);
    }
  }

  @Test
  void twoOfFourIsTakenAsItReads() {
    Recipe recipe = recipe("rounds: 1, fraction: 0.5, pattern: 2:4");

    assertThat(recipe.pattern()).isEqualTo(new Pattern.NOfM(2, 4));
  }

  @Test
  void howACutIsMadeIsTaken() {
    Recipe recipe = recipe("rounds: 1, criterion: synflow, steps: 100, depth: 5");

    assertThat(recipe.criterion()).isEqualTo(Criterion.SYNFLOW);
    assertThat(recipe.steps()).isEqualTo(100);
    assertThat(recipe.depth()).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ep", "30it", "3000im"})
  void aPointInTrainingIsTakenInEveryUnit(String point) {
    assertThat(recipe("rounds: 3, rewind: " + point).rewind()).hasToString(point);
  }

  @Test
  void whenCutsAreMadeIsTakenAsANameOrAsMore() {
    assertThat(recipe("rounds: 3, schedule: once, retrain: rate").schedule())
        .isEqualTo(new PruningSchedule.Once());
    assertThat(recipe("rounds: 3, schedule: cubic").schedule())
        .isEqualTo(new PruningSchedule.Cubic(100, 0.75));
    assertThat(recipe("rounds: 3, schedule: {name: cubic, every: 10}").schedule())
        .isEqualTo(new PruningSchedule.Cubic(10, 0.75));
    assertThat(
            recipe("rounds: 1, fraction: 0.5, pattern: 2:4, schedule: straight-through").schedule())
        .isEqualTo(new PruningSchedule.StraightThrough(2e-4));
    assertThatThrownBy(() -> recipe("rounds: 3, schedule: {name: once, every: 10}"))
        .hasMessageContaining("unknown key \"every\" in pruning.schedule");
  }

  private static Recipe recipe(String keys) {
    return StudyFile.parse(SHORTEST.replace("rounds: 3", keys), "x.yaml")
        .study()
        .pruning()
        .recipe();
  }

  @Test
  void everyWayToVaryAnImageIsTaken() {
    String study =
        FULL.replace(
            "{flip: false, crop: 2}",
            "{resizedCrop: {scale: [0.2, 1]}, degrees: 10, jitter: {brightness: 0.4, hue: 0.1},"
                + " grayscale: 0.2, blur: {}, normalisation: imagenet}");

    assertThat(StudyFile.parse(study, "x.yaml").study().training().augmentation())
        .isEqualTo(
            new Augmentation(
                true,
                4,
                Optional.of(new ResizedCrop(new Range(0.2, 1), ResizedCrop.USUAL.ratio())),
                OptionalDouble.of(10),
                Optional.of(new Jitter(0.4, 0, 0, 0.1, 1)),
                OptionalDouble.of(0.2),
                Optional.of(new Blur(0.5, new Range(0.1, 2))),
                Optional.of(Normalisation.IMAGENET)));
  }

  @Test
  void anEmptyResizedCropIsTheUsualOne() {
    String study = FULL.replace("crop: 2", "resizedCrop: {}");

    assertThat(StudyFile.parse(study, "x.yaml").study().training().augmentation().resizedCrop())
        .contains(ResizedCrop.USUAL);
  }

  @Test
  void whatIsLeftOutIsTheUsual() {
    NamedStudy named = StudyFile.parse(SHORTEST, "studies/tiny.yaml");

    Study study = named.study();
    assertThat(named.name()).isEqualTo("tiny");
    assertThat(study.data()).isEqualTo(DataSpec.all(DataSpec.Name.GLYPHS));
    assertThat(study.seeds()).containsExactly(1L);
    assertThat(study.objectives()).containsExactly(Objective.LABELS);
    assertThat(study.training()).isEqualTo(Training.standard(4));
    assertThat(study.pruning().recipe().rewind()).isEqualTo(TrainingPoint.epochs(1));
    assertThat(study.evaluations()).isEqualTo(Evaluation.USUAL);
    assertThat(study.precision()).isEqualTo(Precision.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void jsonIsYamlToo(long seed) {
    Study study = new Samples(seed).study();
    String json = new String(Json.write(study), StandardCharsets.UTF_8);

    if (StudyCheck.findings(study).isEmpty()) {
      assertThat(StudyFile.parse(json, "x.json").study()).isEqualTo(study);
    } else {
      assertThatThrownBy(() -> StudyFile.parse(json, "x.json"))
          .isInstanceOf(InvalidStudyException.class);
    }
  }

  static Stream<Path> examples() throws IOException {
    Path folder = Path.of("../../src/examples");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(folder.resolve("networks")))
          .filter(file -> !file.startsWith(folder.resolve("triggers")))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesAreStudies(Path file) throws IOException {
    NamedStudy named =
        StudyFile.parse(
            Files.readString(file), file.toString(), name -> text(file.resolveSibling(name)));

    assertThat(named.name()).endsWith(StudyFile.stem(file.toString()));
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aBudgetIsTakenAndIsNoPartOfTheStudysName() {
    String budget = "budget: {deadline: 36h, workerSeconds: 7200.5, tasks: 50}\n";

    NamedStudy bounded = StudyFile.parse(FULL + budget, "x");

    assertThat(bounded.budget())
        .contains(
            new Budget(
                Optional.of(new Deadline.After(Duration.ofHours(36))),
                Optional.of(Duration.ofMillis(7_200_500)),
                OptionalInt.of(50)));
    assertThat(bounded.study()).isEqualTo(StudyFile.parse(FULL, "x").study());
    assertThat(StudyFile.parse(FULL, "x").budget()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "45s, 2026-01-01T00:00:45Z",
    "90m, 2026-01-01T01:30:00Z",
    "7d, 2026-01-08T00:00:00Z",
    "2026-12-01T08:00:00Z, 2026-12-01T08:00:00Z"
  })
  void aDeadlineIsATimeAfterSubmissionOrAMoment(String deadline, String moment) {
    NamedStudy named = StudyFile.parse(FULL + "budget: {deadline: " + deadline + "}\n", "x");

    assertThat(named.budget().orElseThrow().from(Instant.parse("2026-01-01T00:00:00Z")).deadline())
        .contains(new Deadline.At(Instant.parse(moment)));
  }

  @Test
  void aDataSetsNameAloneMeansAllOfIt() {
    String all = FULL.replace("{name: glyphs, train: 2000, test: 1000}", "glyphs");

    assertThat(StudyFile.parse(all, "x.yaml").study().data())
        .isEqualTo(DataSpec.all(DataSpec.Name.GLYPHS));
  }
}
