package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.Fixtures;
import dev.espalier.cli.command.ServedFleet.Ran;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Progress;
import dev.espalier.wire.MaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asks of a gateway that serves. */
class GatewayCommandsTest {
  private static final String STUDY =
      """
      name: small
      data: {name: glyphs, train: 64, test: 32}
      network: own.yaml
      training: {epochs: 1, batch: 32}
      pruning: {rounds: 1, rewind: 1it}
      budget: {tasks: 5}
      """;
  private static final String NETWORK =
      "layers: [{conv: {channels: 8}}, batchnorm, relu, {avgpool: 2}]\n";

  @TempDir private static Path folder;
  private static Optional<ServedFleet> served = Optional.empty();
  private static StudyId found = Fixtures.ID;

  @BeforeAll
  static void serve() throws InterruptedException {
    served = Optional.of(ServedFleet.start(folder));
    found = fleet().wish("found", Fixtures.STUDY, Wish.RUN);
    List<Event> events =
        Fixtures.GRAPH.nodes().stream().flatMap(node -> Fixtures.endOf(node).stream()).toList();
    fleet().publish(events.toArray(Event[]::new));
    fleet().await(view -> view.version() > events.size()); // the study's among them
  }

  @AfterAll
  static void stop() {
    fleet().close();
  }

  private static ServedFleet fleet() {
    return served.orElseThrow();
  }

  private static JsonNode json(Ran ran) throws IOException {
    assertThat(ran.exitCode()).as(ran.complained()).isZero();
    return new JsonMapper().readTree(ran.said());
  }

  /** The same study of other images. */
  private static Study other(int images) {
    Digest digest = Digest.of(new byte[] {(byte) images});
    return Fixtures.STUDY.on(_ -> DataSpec.all(DataSpec.Name.GLYPHS).pinnedTo(digest));
  }

  @Test
  void aStudyIsSubmittedWithTheNetworkThatItsFileNames() throws Exception {
    Files.writeString(folder.resolve("own.yaml"), NETWORK);
    String file = Files.writeString(folder.resolve("small.yaml"), STUDY).toString();

    Ran submitted = fleet().run("submit", file);
    assertThat(submitted.exitCode()).as(submitted.complained()).isZero();
    String id = submitted.said().strip();
    assertThat(json(fleet().run("submit", file, "--json", "--budget-tasks", "7")).path("id"))
        .hasToString("\"" + id + "\"");

    JsonNode shown = json(fleet().run("show", id, "--json"));
    assertThat(shown.at("/line/name").asText()).isEqualTo("small");
    assertThat(shown.at("/line/budget/tasks").asInt()).isEqualTo(7);
    assertThat(shown.at("/content/network").toString()).contains("batchnorm");
    assertThat(shown.at("/content/data/digest").asText()).startsWith("sha256:");
  }

  @Test
  void aMistakeInAStudyIsNamedWithItsFileAndLine() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), "data: glyphs\nnetwork: resnet8\n");

    assertThat(fleet().run("submit", file.toString()))
        .returns(Exit.USAGE, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .contains("wrong.yaml, line 1", "training");
  }

  @Test
  void studiesAreListedForPeopleAndForPrograms() throws Exception {
    assertThat(fleet().run("studies", "--name", "FOUND").said().lines())
        .hasSize(3)
        .last()
        .asString()
        .matches("found +" + found.digest().brief() + " +completed +72/72 .*Z");
    JsonNode listed = json(fleet().run("studies", "--status", "completed", "--json"));
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/id").asText()).isEqualTo(found.toString());
    assertThat(fleet().run("studies", "--name", "nowhere"))
        .isEqualTo(new Ran(Exit.OK, "no studies\n", ""));
    assertThat(fleet().run("studies", "--status", "asleep"))
        .returns(Exit.USAGE, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .contains("asleep", "completed");
  }

  @Test
  void aStudyIsShownWithItsCurves() {
    Ran shown = fleet().run("show", "found");

    assertThat(shown.exitCode()).isZero();
    assertThat(shown.said())
        .startsWith("found, " + found + "\n")
        .contains("status:    completed, 18 of 18 rounds, 72 of 72 tasks")
        .contains("accuracy in % at density", "100 %", "80 %", "64 %")
        .containsPattern("labels/ticket +\\d\\d\\.\\d\\d ± \\d\\.\\d\\d");
  }

  @Test
  void theTasksOfAStudyAreListed() throws Exception {
    assertThat(fleet().run("tasks", found.digest().hex(), "--kind", "prune").said().lines())
        .hasSize(2 + 18)
        .anyMatch(line -> line.matches(".*prune labels · seed 1 · round 0 +completed .*"));
    assertThat(json(fleet().run("tasks", "found", "--json"))).hasSize(72);
    assertThat(fleet().run("tasks", "found", "--state", "failed").said()).isEqualTo("no tasks\n");
  }

  @Test
  void aStudyIsHeldAndGivenUp() throws Exception {
    StudyId id = fleet().wish("held", other(10), Wish.RUN);
    String study = "held, " + id + "\n";

    assertThat(fleet().run("pause", "held")).isEqualTo(new Ran(Exit.OK, "paused: " + study, ""));
    assertThat(fleet().run("resume", id.digest().brief()).said()).isEqualTo("resumed: " + study);
    JsonNode line = json(fleet().run("cancel", id.toString(), "--json"));
    assertThat(line.path("status").asText()).isEqualTo("cancelled");
    assertThat(fleet().run("watch", "held").exitCode()).isEqualTo(Exit.CANCELLED);
  }

  @Test
  void aNameThatSeveralStudiesHaveIsRefusedWithTheirDigests() throws Exception {
    StudyId first = fleet().wish("twin", other(11), Wish.RUN);
    StudyId second = fleet().wish("twin", other(12), Wish.RUN);

    assertThat(fleet().run("show", "twin"))
        .returns(Exit.USAGE, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .startsWith("espalier: expected one study of " + fleet().address() + " that is twin, got 2")
        .contains(first.digest().brief(), second.digest().brief());
    assertThat(fleet().run("show", "triplet").complained()).endsWith("that is triplet, got none\n");
    assertThat(fleet().run("show", second.digest().brief()).exitCode()).isZero();
  }

  @Test
  void aLogAndAGatewayExcludeEachOther() {
    String[] both = {"cancel", "found", "--kafka", "127.0.0.1:9", "--gateway", "http://h"};

    assertThat(fleet().run(both))
        .isEqualTo(new Ran(Exit.USAGE, "", "espalier: expected --kafka or a gateway, got both\n"));
  }

  @Test
  void whatIsOnTheLogIsAskedThereWhereBrokersAreNamed() throws Exception {
    StudyId id = fleet().wish("logged", other(14), Wish.RUN);
    Ran paused = fleet().run("pause", "logged", "--kafka", fleet().log().bootstrap(), "--json");

    assertThat(paused.said()).isEqualTo("{\"id\":\"%s\",\"name\":\"logged\"}\n".formatted(id));
  }

  @Test
  void theReportOfAGatewayIsThatOfItsLogByteForByte() throws Exception {
    Path byLog = folder.resolve("by-log");
    Path byGateway = folder.resolve("by-gateway");
    String brokers = fleet().log().bootstrap();
    String store = folder.resolve("store").toString();

    Ran logged =
        fleet().run("report", "found", "--kafka", brokers, "--store", store, "--out", "" + byLog);
    Ran asked = fleet().run("report", "found", "--out", byGateway.toString());

    assertThat(asked.exitCode()).as(asked.complained()).isZero();
    assertThat(asked.said()).isEqualTo(logged.said().replace("" + byLog, "" + byGateway));
    assertThat(filesIn(byGateway)).hasSizeGreaterThan(18 + 8).isEqualTo(filesIn(byLog));
    JsonNode report = json(fleet().run("report", "found", "--json"));
    assertThat(report).isEqualTo(new JsonMapper().readTree(byLog.resolve("report.json").toFile()));
  }

  private static Map<Path, Digest> filesIn(Path root) throws IOException {
    Map<Path, Digest> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file), Digest.of(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void masksAreListedAndDownloaded() throws Exception {
    Path place = folder.resolve("masks");

    Ran listed = fleet().run("masks", "found", "--download", place.toString());

    assertThat(listed.said().lines())
        .hasSize(2 + 18)
        .anyMatch(line -> line.matches("[0-9a-f]{12} +rotation +2 +1 +64 % +640 +1,000 .*"));
    JsonNode masks = json(fleet().run("masks", "found", "--json"));
    assertThat(masks).hasSize(18);
    for (JsonNode line : masks) {
      Digest digest = Digest.parse(line.path("digest").asText());
      Path file = place.resolve(digest.hex() + ".safetensors");
      assertThat(MaskFile.read(Files.readAllBytes(file)).digest()).isEqualTo(digest);
    }
  }

  @Test
  void masksAreComparedWithChance() throws Exception {
    JsonNode masks = json(fleet().run("masks", "found", "--json"));
    String left = masks.at("/0/digest").asText();
    String right = masks.at("/1/digest").asText();

    assertThat(fleet().run("compare", "--masks", left, left).said())
        .contains("left:  " + left)
        .containsPattern("all +800 +800 +800 +1,000 +1\\.0000 +0\\.6667")
        .contains("conv1.weight", "layer1.0.conv1.weight");
    JsonNode both = json(fleet().run("compare", "--json", "--masks", left, right));
    assertThat(both.at("/all/iou").asDouble()).isBetween(0.4, 0.9);
    assertThat(fleet().run("compare", "--masks", left, right, left).complained())
        .contains("expected two masks");
  }

  @Test
  void studiesAreComparedByCurvesAndSettings() throws Exception {
    StudyId id = fleet().wish("unlike", other(13), Wish.RUN);

    Ran compared = fleet().run("compare", "found", "unlike");
    assertThat(compared.said())
        .contains("found " + found.digest().brief() + "  labels/ticket")
        .containsPattern("setting +found \\w{12} +unlike " + id.digest().brief())
        .containsPattern("data.digest +sha256:\\w+ +sha256:\\w+");
    JsonNode tree = json(fleet().run("compare", "found", "unlike", "--json"));
    assertThat(tree.at("/studies")).hasSize(2);
    assertThat(tree.at("/differences")).hasSize(1);
    assertThat(tree.at("/differences/0/key").asText()).isEqualTo("data.digest");
    assertThat(fleet().run("compare", "found", "found").said())
        .endsWith("Their settings are the same.\n");
  }

  @Test
  void whatAnAttemptWroteIsPrinted() throws Exception {
    Node node = Fixtures.GRAPH.nodes().getFirst();
    Instant at = Instant.parse("2026-03-01T12:00:00.500Z");
    LogLine line = new LogLine(at, LogLine.Level.WARN, "slower than before\nby far");
    fleet()
        .publish(
            new AttemptReported(
                at,
                Fixtures.ID,
                node.id(),
                1,
                "slot 1",
                Phase.RUNNING,
                Progress.NONE,
                Optional.empty(),
                Optional.empty()),
            new AttemptLogged(at, Fixtures.ID, node.id(), 1, "slot 1", List.of(line)));
    String[] logs = {"logs", node.id().digest().brief(), "--attempt", "1"};

    Ran printed = fleet().run(logs);
    for (long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        printed.said().isEmpty() && System.nanoTime() < end; ) {
      printed = fleet().run(logs);
    }

    assertThat(printed)
        .isEqualTo(
            new Ran(Exit.OK, "2026-03-01T12:00:00.500Z WARN  slower than before\n  by far\n", ""));
    assertThat(fleet().run("logs", "0".repeat(64)))
        .returns(Exit.USAGE, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .contains("expected the digest of a task on the log");
  }

  @Test
  void thePageIsOpenedWhereThereIsADesktop() throws Exception {
    Path opened = folder.resolve("opened");
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("xdg-open");
    Files.writeString(program, "#!/bin/sh\necho \"$1\" > " + opened + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> desktop =
        Map.of(
            "DISPLAY",
            ":0",
            "PATH",
            "/nowhere:" + program.getParent(),
            GatewayOptions.GATEWAY,
            fleet().address().toString());
    String address = fleet().address() + "#/studies/" + found + "\n";

    assertThat(fleet().run("open", "found").said()).isEqualTo(address);
    assertThat(fleet().run(desktop, "open", "--print").said()).isEqualTo(fleet().address() + "\n");
    assertThat(fleet().run(desktop, "open", "found")).isEqualTo(new Ran(Exit.OK, address, ""));
    assertThat(read(opened)).isEqualTo(address);
  }

  /** What a process writes that nobody waits for. */
  private static String read(Path file) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
    return Files.readString(file);
  }
}
