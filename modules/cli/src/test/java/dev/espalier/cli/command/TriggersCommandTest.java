package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.command.ServedFleet.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asks about triggers. */
class TriggersCommandTest {
  private static final Path EXAMPLES = Path.of("../../src/examples/triggers");
  private static final String KEY = "sha256:" + "a".repeat(64);
  private static final String STARTED =
      "{\"number\":4,\"at\":\"2026-01-01T12:00:00.123Z\",\"key\":\""
          + KEY
          + "\",\"event\":{\"source\":\"/registry\",\"id\":\"17\",\"type\":\"t\"},\"from\":\"e-0@1\","
          + "\"effect\":{\"kind\":\"started\",\"trigger\":\"prune\",\"study\":\""
          + KEY
          + "\",\"name\":\"pruned\"}}";
  private static final String REFUSED =
      "{\"number\":2,\"at\":\"2026-01-01T11:00:00Z\",\"key\":\""
          + KEY
          + "\",\"from\":\"e-0@0\",\"effect\":{\"kind\":\"malformed\",\"reason\":\"expected"
          + " an\\u001B event\\n"
          + "and more\"},\"content\":{\"size\":2,\"base64\":\"aGk=\"}}";

  @TempDir private static Path home;
  private static Optional<StubGateway> stub = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    StubGateway gateway = StubGateway.start();
    stub = Optional.of(gateway);
    put("/api/triggers/decisions", "[" + STARTED + "," + REFUSED + "]");
    put("/api/triggers/decisions/2", REFUSED);
    put(
        "/api/triggers/dry-run",
        "[" + STARTED.replace("\"number\":4,\"at\"", "\"decided\":true,\"tasks\":7,\"at\"") + "]");
    put(
        "/api/triggers",
        "[{\"name\":\"prune\",\"types\":[\"t\"],\"topics\":[\"events\"],\"filter\":\"size > 4\","
            + "\"values\":{\"seed\":\"$.data.seed\"},\"urgent\":false}]");
  }

  private static void put(String path, String body) {
    stub.orElseThrow().put(path, 200, "application/json", body);
  }

  @AfterAll
  static void stop() {
    stub.ifPresent(StubGateway::close);
  }

  private static Ran run(String... args) {
    return ServedFleet.run(
        home, Map.of(GatewayOptions.GATEWAY, stub.orElseThrow().address()), args);
  }

  @Test
  void thoseOfAGatewayAreListed() {
    assertThat(run("triggers").said())
        .contains("prune", "t, on events, filter size > 4", "seed $.data.seed");
  }

  @Test
  void aFileIsCheckedWithoutAGateway() {
    Ran ran =
        ServedFleet.run(
            home, Map.of(), "triggers", "check", EXAMPLES.resolve("triggers.yaml").toString());

    assertThat(ran.exitCode()).as(ran.complained()).isZero();
    assertThat(ran.said()).contains("prune-registered", "nightly", "0 3 * * * Europe/Berlin");
  }

  @Test
  void whatIsWrongWithAFileIsSaidWithItsLine() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("triggers.yaml"),
            "triggers:\n  - name: one\n    on: {filter: 'size >'}\n    study: study.yaml\n");
    Files.writeString(
        home.resolve("study.yaml"),
        "{data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 1}}");

    Ran ran = run("triggers", "check", file.toString());
    Ran up = run("gateway", "--work", home.toString(), "--triggers", file.toString());

    assertThat(ran.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ran.complained())
        .contains("line 3: triggers[0].on.filter: expected an expression of CloudEvents SQL");
    assertThat(up.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(up.complained()).isEqualTo(ran.complained());
  }

  @Test
  void whoIsNoGatewayHeedsNone() {
    Ran ran = run("planner", "--work", home.toString(), "--triggers", "any.yaml");

    assertThat(ran.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ran.complained()).contains("expected the role gateway, which heeds --triggers");
  }

  @Test
  void anEventIsTried() {
    Ran ran = run("triggers", "try", EXAMPLES.resolve("registered.json").toString());

    assertThat(ran.said())
        .contains("17 of /registry: prune starts pruned", KEY + ", 7 tasks", "told before");
  }

  @Test
  void whatEventsDidIsListedAndShownOneByOne() {
    Ran list = run("triggers", "decisions", "--effect", "started", "--limit", "2");
    Ran one = run("triggers", "decisions", "2");

    assertThat(list.said())
        .contains("2026-01-01T12:00:00Z", "17 of /registry", "prune starts pruned")
        .doesNotContain("and more", "\u001b");
    assertThat(one.said()).contains("from:  e-0@0", "and more", "hi").doesNotContain("\u001b");
    assertThat(stub.orElseThrow().asked)
        .extracting(StubGateway.Asked::path)
        .contains("/api/triggers/decisions?limit=2&effect=started");
  }

  @Test
  void programsAreAnsweredInJson() {
    assertThat(run("triggers", "decisions", "2", "--json").said().strip()).isEqualTo(REFUSED);
    assertThat(run("triggers", "--json").said()).startsWith("[").contains("\"name\":\"prune\"");
  }

  @Test
  void whatIsAskedWronglyIsRefused() {
    assertThat(run("triggers", "check").complained())
        .contains("expected a file of triggers behind");
    assertThat(run("triggers", "check", "nowhere").complained()).contains("there is no nowhere");
    assertThat(run("triggers", "try", "nowhere").complained()).contains("there is no nowhere");
    assertThat(run("triggers", "decisions", "--limit", "0").complained())
        .contains("expected a --limit of 1 to 1000, got 0");
  }
}
