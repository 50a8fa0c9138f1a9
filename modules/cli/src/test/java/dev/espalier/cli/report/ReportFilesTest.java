package dev.espalier.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.cli.Fixtures;
import dev.espalier.cli.Golden;
import dev.espalier.cli.plot.Drawing;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.Transfer;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.wire.MaskFile;
import dev.espalier.wire.report.Findings;
import dev.espalier.wire.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFilesTest {
  private static final Report REPORT = reportOf(Fixtures.finished());

  @TempDir private Path folder;

  @Test
  void theReportIsWrittenAsPinned() throws IOException {
    Golden.check("report.json", ReportJson.of(findings(REPORT)));
    Golden.check("report.csv", ReportCsv.of(REPORT));
    Golden.check("overlaps.csv", OverlapCsv.of(findings(REPORT).overlaps()));
    Golden.check("report.md", ReportMarkdown.of(findings(REPORT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accuracy",
        "retraining",
        "features",
        "overlap",
        "overlap-by-density",
        "overlap-by-layer"
      })
  void figuresAreDrawnAsPinned(String figure) throws IOException {
    Drawing drawing =
        Objects.requireNonNull(ReportFigures.of(findings(REPORT)).get(figure), figure);

    Golden.check(figure + ".svg", drawing.svg());
  }

  @Test
  void everyFigureThatThePageShowsIsThereAndAsAPictureToo() throws IOException {
    ReportFiles.write(REPORT, "small", new NoArtifacts(), folder);

    List<String> shown =
        Pattern.compile("\\]\\(([a-z-]+)\\.svg\\)")
            .matcher(Files.readString(folder.resolve("report.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(shown).hasSize(6);
    assertThat(shown)
        .allSatisfy(figure -> assertThat(folder.resolve(figure + ".svg")).isNotEmptyFile())
        .allSatisfy(figure -> assertThat(folder.resolve(figure + ".png")).isNotEmptyFile());
  }

  @Test
  void aStudyThatHasFoundNothingYetHasAReport() {
    ReportFiles.write(reportOf(Standings.EMPTY), "small", new NoArtifacts(), folder);

    assertThat(folder.resolve("report.md")).isNotEmptyFile();
    assertThat(folder.resolve("accuracy.png")).isNotEmptyFile();
    assertThat(folder.resolve("overlap.svg")).doesNotExist();
  }

  @Test
  void theJsonHoldsToItsSchema() throws IOException {
    assertThat(violations(ReportJson.of(findings(REPORT)))).isEmpty();
    assertThat(violations(ReportJson.of(findings(reportOf(Standings.EMPTY))))).isEmpty();
    assertThat(violations("{\"version\": 2}")).isNotEmpty();
  }

  @Test
  void everyMaskFileHoldsTheMaskThatItIsNamedAfter() throws IOException {
    ReportFiles.write(REPORT, "small", new NoArtifacts(), folder);

    JsonNode masks = new JsonMapper().readTree(folder.resolve("report.json").toFile()).get("masks");
    assertThat(masks).hasSize(REPORT.masks().size());
    for (JsonNode mask : masks) {
      Mask inFile = MaskFile.read(Files.readAllBytes(folder.resolve(mask.get("file").asText())));
      assertThat(inFile.digest()).hasToString(mask.get("digest").asText());
      assertThat(inFile.summary(Optional.empty()).kept()).isEqualTo(mask.get("kept").asLong());
    }
  }

  @Test
  void writingAgainLeavesTheSameFilesAndNothingHalf() throws IOException {
    ReportFiles.write(REPORT, "small", new NoArtifacts(), folder);
    List<String> once = listing();
    ReportFiles.write(REPORT, "small", new NoArtifacts(), folder);

    assertThat(listing()).isEqualTo(once).noneMatch(name -> name.contains(".half"));
  }

  @Test
  void variantsTransfersAndControlsAreReportedToo() throws IOException {
    Study study =
        new Study(
            Fixtures.STUDY.data(),
            Fixtures.STUDY.network(),
            Fixtures.STUDY.seeds(),
            Fixtures.STUDY.objectives(),
            Fixtures.STUDY.training(),
            Fixtures.STUDY.pruning(),
            Stream.of(
                    "reinit",
                    "adjusted",
                    "shuffled",
                    "transfer@other",
                    "pruned@other",
                    "instability")
                .map(Evaluation::parse)
                .toList(),
            Fixtures.STUDY.precision(),
            new TreeMap<>(),
            new TreeMap<>(Map.of("by-chance", byChance())),
            new TreeMap<>(
                Map.of("other", new Transfer(Fixtures.STUDY.data(), Training.standard(1)))));
    TaskGraph graph = TaskGraph.of(study, Fixtures.NAMING);
    Standings standings = Standings.EMPTY;
    for (Node node : graph.nodes()) {
      standings = Fixtures.finish(standings, node);
    }
    Findings findings = findings(Report.of(Fixtures.NAMING.nameOf(study), study, graph, standings));

    assertThat(violations(ReportJson.of(findings))).isEmpty();
    Map<String, Drawing> figures = ReportFigures.of(findings);
    assertThat(figures)
        .containsKeys("retraining", "variants", "transfers")
        .doesNotContainKey("features");
    assertThat(Objects.requireNonNull(figures.get("retraining")).svg())
        .contains("random, adjusted", "rotation, shuffled in layers")
        .doesNotContain("by-chance");
    assertThat(Objects.requireNonNull(figures.get("transfers")).svg())
        .contains("Fine-tuned on other", "labels, pruned there");
    assertThat(findings.overlaps())
        .extracting(overlap -> overlap.pair().toString())
        .contains(
            "labels–rotation", "labels–labels (by-chance)", "rotation (by-chance) across seeds")
        .doesNotContain("labels–rotation (by-chance)")
        .noneMatch(pair -> pair.contains("pruned"));
    assertThat(ReportMarkdown.of(findings))
        .contains("| labels/reinit (by-chance) |", "| instability in points", "](variants.svg)");
  }

  private static Pruning byChance() {
    Recipe recipe = Fixtures.STUDY.pruning().recipe();
    return new Pruning(
        new Recipe(Criterion.RANDOM, recipe.scope(), recipe.fraction(), recipe.rewind()), 2);
  }

  @Test
  void aMaskTooLargeForItsEventIsTakenFromTheStore() throws IOException {
    var published = REPORT.masks().getFirst().published();
    Mask mask = published.bits().orElseThrow();
    var without =
        new dev.espalier.domain.event.Event.MaskPublished(
            published.at(),
            published.study(),
            published.task(),
            published.objective(),
            published.round(),
            published.seed(),
            published.summary(),
            Optional.empty());

    MaskFiles.write(without, new OneMask(mask), folder);

    assertThat(folder.resolve(ReportJson.fileOf(mask.digest()))).isNotEmptyFile();
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(folder::relativize).map(Path::toString).sorted().toList();
    }
  }

  private static Report reportOf(Standings standings) {
    return Report.of(Fixtures.ID, Fixtures.STUDY, Fixtures.GRAPH, standings);
  }

  private static Findings findings(Report report) {
    return Findings.of(report, "small", mask -> mask.bits().orElseThrow());
  }

  private static List<String> violations(String json) throws IOException {
    try (InputStream in = ReportJson.class.getResourceAsStream("report.schema.json")) {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
      Schema schema = registry.getSchema(in, InputFormat.JSON);
      return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }
  }

  private static final class NoArtifacts implements Artifacts {
    @Override
    public Digest put(byte[] bytes) {
      throw new AssertionError("a report stores nothing");
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return Optional.empty();
    }

    @Override
    public void delete(Digest digest) {
      throw new AssertionError("a report deletes nothing");
    }
  }

  private record OneMask(Mask mask) implements Artifacts {
    @Override
    public Digest put(byte[] bytes) {
      throw new AssertionError("a report stores nothing");
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return digest.equals(mask.digest()) ? Optional.of(mask.canonicalBytes()) : Optional.empty();
    }

    @Override
    public void delete(Digest digest) {
      throw new AssertionError("a report deletes nothing");
    }
  }
}
