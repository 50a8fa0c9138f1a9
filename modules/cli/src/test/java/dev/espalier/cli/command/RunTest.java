package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.Espalier;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a tiny study: real log, real roles, real training. */
class RunTest {
  private static final String STUDY =
      """
      name: tiny
      data: {name: glyphs, train: 192, test: 64}
      network: resnet8
      seeds: [1, 2]
      objectives: [labels, rotation]
      training: {epochs: 2, batch: 32}
      pruning: {fraction: 0.5, rounds: 1, rewind: 2it}
      evaluations: [ticket, random, probe]
      """;

  private static final String SHORT =
      STUDY
          .replace("[labels, rotation]", "[labels]")
          .replace("rounds: 1", "rounds: 2")
          .replace("[ticket, random, probe]", "[random]");

  @TempDir private Path folder;

  @Test
  void aStudyEndsInAReportAndIsAnsweredFromTheLogTheNextTime() throws IOException {
    Path work = folder.resolve("work");
    Ran poor = run(STUDY, work, folder.resolve("poor"), "--slots=2", "--budget-tasks=1");
    Ran first = run(STUDY, work, folder.resolve("first"));
    Map<Path, FileTime> stored = stored(work);
    Ran second = run(STUDY, work, folder.resolve("second"));

    assertThat(poor.exitCode()).as(poor.said()).isEqualTo(Exit.SPENT);
    assertThat(poor.said()).contains("budget is spent (tasks)").containsPattern("1 of \\d+ tasks");
    assertThat(first.exitCode()).as(first.said()).isZero();
    assertThat(first.said())
        .contains(
            "live at http://127.0.0.1:", "labels/ticket", "rotation/probe", "At 50 % density");
    assertThat(second.exitCode()).as(second.said()).isZero();
    assertThat(second.said()).contains("labels/ticket").contains("nothing is left to compute");
    assertThat(stored(work)).isNotEmpty().isEqualTo(stored);
    assertThat(folder.resolve("second/report.json"))
        .hasSameTextualContentAs(folder.resolve("first/report.json"));
    assertThat(masks(folder.resolve("first"))).hasSize(8);
  }

  @Test
  void aRunThatWasKilledGoesOnToTheSameMasks() throws Exception {
    Path work = folder.resolve("work");
    Ran calm = run(SHORT, folder.resolve("calm"), folder.resolve("undisturbed"));
    killAfterFirstTask(SHORT, work);
    Ran resumed = run(SHORT, work, folder.resolve("resumed"));

    assertThat(calm.exitCode()).as(calm.said()).isZero();
    assertThat(resumed.exitCode()).as(resumed.said()).isZero();
    assertThat(masks(folder.resolve("resumed"))).isEqualTo(masks(folder.resolve("undisturbed")));
    assertThat(table(resumed)).isEqualTo(table(calm));
  }

  @Test
  void masksDependNeitherOnHowManyShareAScoreNorOnHowManyWork() throws IOException {
    String alone =
        SHORT
            .replace("seeds: [1, 2]", "seeds: [1]")
            .replace("fraction: 0.5", "criterion: snip, fraction: 0.5");
    String shared = alone.replace("criterion: snip", "criterion: snip, shards: 3");

    Ran one = run(alone, folder.resolve("one"), folder.resolve("alone"), "--slots=1");
    Ran more = run(shared, folder.resolve("more"), folder.resolve("shared"));

    assertThat(one.exitCode()).as(one.said()).isZero();
    assertThat(more.exitCode()).as(more.said()).isZero();
    assertThat(masks(folder.resolve("shared")))
        .hasSize(2)
        .isEqualTo(masks(folder.resolve("alone")));
  }

  private record Ran(int exitCode, String said) {}

  private Ran run(String study, Path work, Path out) throws IOException {
    return run(study, work, out, "--slots=2");
  }

  private Ran run(String study, Path work, Path out, String... options) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exitCode =
        Commands.run(arguments(study, work, out, options).toArray(String[]::new), both, both);
    return new Ran(exitCode, said.toString(StandardCharsets.UTF_8));
  }

  private List<String> arguments(String study, Path work, Path out, String... options)
      throws IOException {
    Path file = Files.writeString(folder.resolve("study.yaml"), study);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", file.toString()));
    arguments.addAll(List.of("--work", work.toString(), "--out", out.toString()));
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** Runs in a process of its own, and kills that once a task is done and others are under way. */
  private void killAfterFirstTask(String study, Path work)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx700m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Espalier.class.getName());
    command.addAll(arguments(study, work, folder.resolve("killed"), "--slots=2"));
    Process process =
        new ProcessBuilder(command).redirectError(new File(folder.toFile(), "errors")).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines().anyMatch(line -> line.matches(".* [1-9]\\d* of \\d+ tasks.*")))
          .as("a task was done before the kill: %s", folder.resolve("errors"))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    process.waitFor();
    assertThat(folder.resolve("killed")).doesNotExist();
  }

  private static Set<String> masks(Path out) throws IOException {
    Set<String> masks = new TreeSet<>();
    JsonNode report = new JsonMapper().readTree(out.resolve("report.json").toFile());
    for (JsonNode mask : report.get("masks")) {
      assertThat(out.resolve(mask.get("file").asText())).isNotEmptyFile();
      String place =
          "%s %s %s".formatted(mask.get("objective"), mask.get("seed"), mask.get("round"));
      masks.add(place + " " + mask.get("digest"));
    }
    return masks;
  }

  private static List<String> table(Ran ran) {
    return ran.said().lines().filter(line -> line.contains("±")).toList();
  }

  /** The artifacts of a work folder, and when each was written. */
  private static Map<Path, FileTime> stored(Path work) throws IOException {
    Map<Path, FileTime> stored = new HashMap<>();
    try (Stream<Path> files = Files.walk(work.resolve("artifacts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        stored.put(file, Files.getLastModifiedTime(file));
      }
    }
    return stored;
  }
}
