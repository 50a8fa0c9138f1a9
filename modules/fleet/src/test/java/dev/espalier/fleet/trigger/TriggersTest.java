package dev.espalier.fleet.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.Study;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.TriggersFile;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What events start. */
class TriggersTest {
  private static final String STUDY =
      """
          study:
            name: for ${who} of ${seed}
            data: glyphs
            network: resnet8
            seeds: ["${seed}"]
            training: {epochs: 2}
            pruning: {rounds: 1}
      """;
  private static final String VALUES = "    values: {who: $.source, seed: $.data.seed}\n";

  private static Triggers on(String condition) {
    return Heeders.triggers(
        "topics: {registry: cloudevents}\ntriggers:\n  - name: one\n    on: "
            + condition
            + "\n"
            + VALUES
            + STUDY);
  }

  private static CloudEvent event(String data) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/registry/a"))
        .withType("org.example.registered")
        .withExtension("stage", "prod")
        .withExtension("size", 5)
        .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static Incoming incoming(String data) {
    return new Incoming(event(data), "registry");
  }

  @Test
  void valuesGoIntoTheStudyWithTheirTypes() {
    Plan plan = on("{type: org.example.registered}").plan(incoming("{\"seed\": 7}"));

    assertThat(plan)
        .isInstanceOfSatisfying(
            Plan.Starts.class,
            starts -> {
              Study study = starts.study().study();
              assertThat(starts.trigger()).isEqualTo("one");
              assertThat(starts.study().name()).isEqualTo("for /registry/a of 7");
              assertThat(study.seeds()).containsExactly(7L);
              assertThat(starts.urgent()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: org.example.registered}",
        "{type: [org.example.other, org.example.registered]}",
        "{topics: [events, registry]}",
        "{filter: \"stage = 'prod' AND source LIKE '/registry/%'\"}",
        "{filter: 'size > 4'}",
        "{where: '$[?(@.seed > 6)]'}",
        "{where: '$.layers[?(@.name == \"conv1\")]'}",
        "{where: $.ready}"
      })
  void anEventIsMeantThatFits(String condition) {
    assertThat(
            on(condition)
                .plan(
                    incoming(
                        "{\"seed\": 7, \"ready\": true, \"layers\": [{\"name\": \"conv1\"}]}")))
        .isInstanceOf(Plan.Starts.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: org.example.other}|expected the type org.example.other, got org.example.registered",
        "{topics: [events]}|expected the topic events, got registry",
        "{filter: \"stage = 'test'\"}|expected stage = 'test', got false",
        "{filter: 'missing > 4'}|missing",
        "{where: '$[?(@.seed > 7)]'}|expected data in which something is at $[?(@.seed > 7)]",
        "{where: $.nothing}|expected data in which something is at $.nothing",
        "{where: $.ready}|expected data in which something is at $.ready"
      })
  void anEventIsNotMeantThatDoesNotFitAndTheReasonIsSaid(String condition, String reason) {
    assertThat(on(condition).plan(incoming("{\"seed\": 7, \"ready\": false}")))
        .isInstanceOfSatisfying(
            Plan.Nothing.class,
            nothing -> assertThat(nothing.reason()).startsWith("one: ").contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|expected seed at $.data.seed, got none",
        "not json|expected seed at $.data.seed, got none",
        "{\"seed\": [1, 2]}|got [1,2]",
        "{\"seed\": \"many\"}|triggers.yaml, line 10: seeds[0]: expected a whole number, got"
            + " \"many\""
      })
  void whatMakesNoStudyIsRefusedWithTheReason(String data, String reason) {
    assertThat(on("{type: org.example.registered}").plan(incoming(data)))
        .isInstanceOfSatisfying(
            Plan.Refuses.class, refuses -> assertThat(refuses.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resnet8\\nseeds: [5]|expected one of",
        "../secret.yaml|network: expected a file that can be read, got ../secret.yaml",
        "{layers: []}|expected one of"
      })
  void aValueIsNeverSyntaxNorReadsAFile(String network, String reason) {
    Triggers triggers =
        Triggers.of(
            TriggersFile.parse(
                """
                triggers:
                  - name: one
                    on: {type: org.example.registered}
                    values: {network: $.data.network}
                    study: {data: glyphs, network: "${network}", training: {epochs: 2},
                            pruning: {rounds: 1}}
                """,
                "triggers.yaml",
                file -> Optional.of("a secret")));

    assertThat(triggers.plan(incoming("{\"network\": \"" + network + "\"}")))
        .isInstanceOfSatisfying(
            Plan.Refuses.class, refuses -> assertThat(refuses.reason()).contains(reason));
  }

  /** Seed 1812. */
  @Test
  void whateverComesStartsAStudyOrIsRefused() {
    List<String> values =
        List.of(
            "0",
            "-1",
            "1e999",
            "9223372036854775808",
            "0.5",
            "true",
            "null",
            "{}",
            "[[]]",
            "\"\"",
            "\"${seed}\"",
            "\"\u0000\"",
            "\"NaN\"",
            "\"" + "x".repeat(2_000) + "\"");
    Random random = new Random(1812);
    Triggers triggers =
        on("{filter: \"size + LENGTH(stage) > 0\", where: '$..[?(@.seed < 5 || @.length() > 1)]'}");
    for (int i = 0; i < 300; i++) {
      String data =
          "{\"seed\": %s, \"a\": [%s, {\"seed\": %s}]}"
              .formatted(any(values, random), any(values, random), any(values, random));

      assertThat(triggers.plan(incoming(data))).as(data).isNotNull();
    }
  }

  private static String any(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  @Test
  void ofSeveralTheFirstThatMeansTheEventDecides() {
    String second = "  - name: two\n    on: {type: org.example.registered}\n" + VALUES + STUDY;
    Triggers both =
        Heeders.triggers(
            "triggers:\n  - name: one\n    on: {type: org.example.other}\n"
                + VALUES
                + STUDY
                + second
                + second.replace("name: two", "name: three"));

    assertThat(both.plan(incoming("{\"seed\": 7}")))
        .isInstanceOfSatisfying(
            Plan.Starts.class, starts -> assertThat(starts.trigger()).isEqualTo("two"));
    assertThat(both.plan(incoming("{}")))
        .isInstanceOfSatisfying(
            Plan.Refuses.class, refuses -> assertThat(refuses.trigger()).isEqualTo("two"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{filter: 'stage ='}|line 4: triggers[0].on.filter: expected an expression of CloudEvents"
            + " SQL",
        "{where: '$['}|line 4: triggers[0].on.where: expected a JSONPath, got $[",
        "{schedule: '61 3 * * *'}|line 4: triggers[0].on.schedule: expected five fields of cron",
        "{schedule: '0 3 * * *', zone: Mars}|expected a time zone such as UTC or Europe/Berlin, got"
            + " Mars"
      })
  void anExpressionThatIsNoneIsNamedWithItsLine(String condition, String complaint) {
    assertThatThrownBy(() -> on(condition))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void theyAreShownAsTheirFileSaysThem() {
    List<TriggerLine> lines =
        on("{type: a, filter: size > 4}").lines(Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().filter()).contains("size > 4");
    assertThat(lines.getFirst().values()).containsEntry("seed", "$.data.seed");
  }
}
