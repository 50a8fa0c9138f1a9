package dev.espalier.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNamingTest {
  private static final CanonicalNaming NAMING = new CanonicalNaming();
  private static final Digest DATA = Digest.of("images".getBytes(UTF_8));
  private static final Study STUDY =
      read(
          "{\"data\":\"glyphs\",\"network\":\"resnet8\",\"training\":{\"epochs\":4},"
              + "\"pruning\":{\"rounds\":3}}");
  private static final PruneTask PRUNE =
      new PruneTask(
          new Setting(
              DataSpec.all(DataSpec.Name.GLYPHS).pinnedTo(DATA),
              KnownNetwork.RESNET8,
              1,
              Training.standard(4),
              Precision.FLOAT32),
          Objective.ROTATION,
          STUDY.pruning().recipe(),
          0,
          Optional.empty());
  private static final EvaluateTask EVALUATE =
      new EvaluateTask(
          PRUNE.setting(),
          Evaluation.TICKET,
          Optional.of(NAMING.nameOf(PRUNE)),
          Optional.of(NAMING.nameOf(PRUNE)));

  @Test
  void aStudysNameNeverChanges() {
    assertThat(new String(CanonicalNaming.canonical(STUDY), UTF_8))
        .isEqualTo(
            "{\"data\":{\"name\":\"glyphs\"},\"network\":\"resnet8\",\"pruning\":{\"rounds\":3},"
                + "\"training\":{\"epochs\":4}}");
    assertThat(NAMING.nameOf(STUDY))
        .hasToString("sha256:bf017bec177c2a24556e351fcd872d716f9cd382ba2d87c78bca4fcb9e9f67eb");
  }

  @Test
  void aPruneTasksNameNeverChanges() {
    assertThat(new String(CanonicalNaming.canonical(PRUNE), UTF_8))
        .isEqualTo(
            "{\"kind\":\"prune\",\"method\":1,\"objective\":\"rotation\",\"round\":0,\"setting\":"
                + "{\"data\":{\"digest\":\""
                + DATA
                + "\",\"name\":\"glyphs\"},"
                + "\"network\":\"resnet8\",\"seed\":1,\"training\":{\"epochs\":4}}}");
    assertThat(NAMING.nameOf(PRUNE))
        .hasToString("sha256:f677e6ce0b08ba5fa90eade02adbb967c64ea03ff059d123b582ebf7cfad9206");
  }

  @Test
  void anEvaluateTasksNameNeverChanges() {
    assertThat(new String(CanonicalNaming.canonical(EVALUATE), UTF_8))
        .contains("\"mask\":\"" + NAMING.nameOf(PRUNE) + "\"", "\"evaluation\":\"ticket\"");
    assertThat(NAMING.nameOf(EVALUATE))
        .hasToString("sha256:c497720a96be7d3cd9a50e10a1c99373712df6b2c3df0425124061a7584b7add");
  }

  @Test
  void writingADefaultChangesNothing() {
    Study written =
        read(
            """
            {"evaluations": ["ticket", "reinit", "random", "probe"], "precision": "float32",
             "pruning": {"rewind": "1ep", "fraction": 0.20, "scope": "global", "rounds": 3,
                         "criterion": "magnitude"},
             "data": {"name": "glyphs"}, "network": "resnet8", "seeds": [1],
             "objectives": ["labels"],
             "training": {"epochs": 4, "batch": 128, "optimizer": {"name": "sgd", "momentum": 9e-1},
                          "learningRate": 0.1, "milestones": [], "gamma": 0.1, "weightDecay": 1e-4,
                          "warmUp": "0it", "augmentation": {"crop": 4, "flip": true}}}\
            """);

    assertThat(NAMING.nameOf(written)).isEqualTo(NAMING.nameOf(STUDY));
  }

  @Test
  void aKeyThatCameLaterRenamesNothing() {
    Study written =
        read(
            """
            {"data": "glyphs", "network": "resnet8",
             "pruning": {"rounds": 3, "pattern": "unstructured", "steps": 1, "retrain": "rewind",
                         "schedule": "rounds"},
             "training": {"epochs": 4, "schedule": "step", "labelSmoothing": 0}}\
            """);

    assertThat(NAMING.nameOf(written)).isEqualTo(NAMING.nameOf(STUDY));
    assertThat(new String(Json.write(written), UTF_8))
        .isEqualTo(new String(Json.write(STUDY), UTF_8));
  }

  @Test
  void theUsualNumbersOfAnOptimizerRenameNothing() {
    String adam = "{\"name\":\"adam\"}";
    String written = "{\"epsilon\":1e-08,\"beta2\":0.999,\"name\":\"adam\",\"beta1\":0.90}";

    assertThat(NAMING.nameOf(withOptimizer(written))).isEqualTo(NAMING.nameOf(withOptimizer(adam)));
    assertThat(NAMING.nameOf(withOptimizer(adam))).isNotEqualTo(NAMING.nameOf(STUDY));
    assertThat(NAMING.nameOf(withOptimizer("{\"name\":\"adamw\"}")))
        .isNotEqualTo(NAMING.nameOf(withOptimizer(adam)));
  }

  private static Study withOptimizer(String optimizer) {
    return read(
        "{\"data\":\"glyphs\",\"network\":\"resnet8\",\"pruning\":{\"rounds\":3},"
            + "\"training\":{\"epochs\":4,\"optimizer\":"
            + optimizer
            + "}}");
  }

  @Test
  void aNameThatStandsForFiguresMeansThem() {
    String named = with("\"imagenet\"");
    String figures = with("{\"means\":[0.485,0.456,0.406],\"deviations\":[0.229,0.224,0.225]}");

    assertThat(NAMING.nameOf(read(named))).isEqualTo(NAMING.nameOf(read(figures)));
    assertThat(NAMING.nameOf(read(named))).isNotEqualTo(NAMING.nameOf(STUDY));
  }

  private static String with(String normalisation) {
    return "{\"data\":\"glyphs\",\"network\":\"resnet8\",\"pruning\":{\"rounds\":3},"
        + "\"training\":{\"epochs\":4,\"augmentation\":{\"normalisation\":"
        + normalisation
        + "}}}";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theCanonicalFormSaysEverything(long seed) {
    Samples samples = new Samples(seed);
    Study study = samples.study();
    Study read = read(new String(CanonicalNaming.canonical(study), UTF_8));

    assertThat(NAMING.nameOf(read)).isEqualTo(NAMING.nameOf(study));
    assertThat(read.training()).isEqualTo(study.training());
    assertThat(read.pruning()).isEqualTo(study.pruning());
    assertThat(read.data()).isEqualTo(study.data());
    assertThat(read.seeds()).containsExactlyInAnyOrderElementsOf(study.seeds());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void differentWorkHasDifferentNames(long seed) {
    Samples samples = new Samples(seed);
    Task one = samples.task();
    Task other = samples.task();

    assertThat(NAMING.nameOf(one)).isNotEqualTo(NAMING.nameOf(other));
    assertThat(NAMING.nameOf(Json.read(Json.write(one), Task.class))).isEqualTo(NAMING.nameOf(one));
  }

  @Test
  void theOrderOfASetChangesNothing() {
    Study one = in(List.of(3L, -1L, 20L), List.of(Objective.LABELS, Objective.ROTATION));
    Study other = in(List.of(20L, 3L, -1L), List.of(Objective.ROTATION, Objective.LABELS));

    assertThat(NAMING.nameOf(one)).isEqualTo(NAMING.nameOf(other));
  }

  @Test
  void pinningTheDataMakesAnotherStudy() {
    assertThat(NAMING.nameOf(STUDY.on(data -> data.pinnedTo(DATA))))
        .isNotEqualTo(NAMING.nameOf(STUDY));
  }

  @Test
  void aSeedThatJsonWouldBlurIsRefused() {
    Study blurred = in(List.of(1L << 53), List.of(Objective.LABELS));

    assertThatThrownBy(() -> NAMING.nameOf(blurred))
        .hasMessage(
            "expected whole numbers within ±9007199254740991 in what is named, got"
                + " 9007199254740992");
  }

  @Test
  void aChangedMethodRenamesEveryTask() {
    JsonNode tree = Json.tree(PRUNE);

    assertThat(new String(CanonicalNaming.canonical(PRUNE), UTF_8))
        .contains("\"method\":" + Task.METHOD);
    assertThat(tree.has("method")).isFalse();
  }

  @Test
  void aParentIsPartOfTheName() {
    TaskId other = new TaskId(DATA);

    assertThat(NAMING.nameOf(round1(NAMING.nameOf(PRUNE))))
        .isNotEqualTo(NAMING.nameOf(round1(other)));
  }

  private static PruneTask round1(TaskId parent) {
    return new PruneTask(
        PRUNE.setting(), PRUNE.objective(), PRUNE.recipe(), 1, Optional.of(parent));
  }

  private static Study in(List<Long> seeds, List<Objective> objectives) {
    return new Study(
        STUDY.data(),
        STUDY.network(),
        seeds,
        objectives,
        STUDY.training(),
        STUDY.pruning(),
        STUDY.evaluations(),
        STUDY.precision());
  }

  private static Study read(String json) {
    return Json.read(json.getBytes(UTF_8), Study.class);
  }
}
