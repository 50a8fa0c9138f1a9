package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.espalier.wire.TriggerEntry.On;
import dev.espalier.wire.TriggerEntry.Value;
import dev.espalier.wire.TriggersFile.Format;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersFileTest {
  private static final String WHOLE =
      """
      topics:
        objects: s3
      triggers:
        - name: one
          on:
            type: [a, b]
            topics: [objects, events]
            filter: size > 4
            where: $.x
          values:
            seed: $.data.seed
            epochs: {path: $.data.epochs, default: 2}
          study:
            data: glyphs
            network: resnet8
            seeds: ["${seed}"]
            training:
              epochs: ${epochs}
            pruning: {rounds: 1}
          priority: urgent
          tenant: lab
        - name: nightly
          on: {schedule: 0 3 * * *, missed: 6h}
          study: other.yaml
      """;
  private static final Map<String, String> FILES =
      Map.of(
          "other.yaml",
          "{data: glyphs, network: own.yaml, training: {epochs: 2}, pruning: {rounds: 1}}",
          "own.yaml",
          "{layers: [{conv: {channels: 8}}, relu, avgpool, {dense: 10}]}");

  private static TriggersFile parse(String yaml) {
    return TriggersFile.parse(yaml, "triggers.yaml", file -> Optional.ofNullable(FILES.get(file)));
  }

  @Test
  void saysWhatEachTriggerIs() {
    TriggersFile file = parse(WHOLE.replace("own.yaml", "resnet8"));

    assertThat(file.topics()).isEqualTo(Map.of("objects", Format.S3));
    TriggerEntry one = file.triggers().getFirst();
    assertThat(one.on())
        .isEqualTo(
            new On.Told(
                List.of("a", "b"),
                List.of("objects", "events"),
                Optional.of("size > 4"),
                Optional.of("$.x")));
    assertThat(one.urgent()).isTrue();
    assertThat(one.tenant().orElseThrow()).hasToString("lab");
    assertThat(one.values())
        .containsEntry("epochs", new Value("$.data.epochs", Optional.of(LongNode.valueOf(2))));
    assertThat(file.triggers().getLast().on())
        .isEqualTo(new On.Scheduled("0 3 * * *", "UTC", Duration.ofHours(6)));
  }

  @Test
  void aTemplateIsFilledWithValuesOfTheirTypes() {
    StudyTemplate template = parse(WHOLE).triggers().getFirst().template();

    NamedStudy named =
        template.fill(Map.of("seed", IntNode.valueOf(7), "epochs", IntNode.valueOf(3)));

    assertThat(template.names()).containsExactly("epochs", "seed");
    assertThat(named.name()).isEqualTo("one");
    assertThat(named.study().seeds()).containsExactly(7L);
    assertThat(named.study().training().epochs()).isEqualTo(3);
    assertThatThrownBy(
            () ->
                template.fill(Map.of("seed", TextNode.valueOf("7"), "epochs", IntNode.valueOf(3))))
        .hasMessage("triggers.yaml, line 16: seeds[0]: expected a whole number, got \"7\"");
  }

  @Test
  void aTemplateMayBeAFileThatNamesANetworkOfItsOwn() {
    NamedStudy named = parse(WHOLE).triggers().getLast().template().fill(Map.of());

    assertThat(named.name()).isEqualTo("nightly");
    assertThat(named.study().network()).hasToString("own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objects: s3|objects: s4|line 2: topics.objects: expected one of cloudevents, s3, got"
            + " \"s4\"",
        "name: nightly|name: one|line 22: triggers[1].name: expected each name once, got one again",
        "filter: size|filters: size|line 8: unknown key \"filters\" in triggers[0].on; did you mean"
            + " filter?",
        "[objects, events]|[object]|line 7: triggers[0].on.topics: expected events or one of the"
            + " topics [objects], got object",
        "missed: 6h|type: x|line 23: triggers[1].on.type: expected a schedule, or what tells"
            + " events",
        "missed: 6h|missed: soon|line 23: triggers[1].on.missed: expected text such as 12h or skip",
        "other.yaml|nowhere.yaml|line 24: triggers[1].study: expected a study file that can be"
            + " read, got nowhere.yaml",
        "network: resnet8|nework: resnet8|line 15: unknown key \"nework\"; did you mean network?",
        "${seed}|${sed}|line 13: triggers[0].study: expected ${name} with a name among the values"
            + " [epochs, seed], got ${sed}",
        "epochs: ${epochs}|epochs: 2|line 12: triggers[0].values.epochs: expected a value that the"
            + " study uses, as ${epochs}",
        "${epochs}|${ epochs }|expected ${name} with a name of letters, digits and _, got ${ epochs"
            + " }",
        "priority: urgent|priority: high|line 20: triggers[0].priority: expected one of urgent, got"
            + " \"high\""
      })
  void whatIsWrongIsSaidWithItsLine(String right, String wrong, String complaint) {
    assertThat(WHOLE).contains(right);
    assertThatThrownBy(() -> parse(WHOLE.replace(right, wrong)))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void defaultsThatMakeNoStudyAreSaidAsTheFileIsRead() {
    String yaml = WHOLE.replace("seed: $.data.seed", "seed: {path: $.data.seed, default: many}");

    assertThatThrownBy(() -> parse(yaml))
        .hasMessage("triggers.yaml, line 16: seeds[0]: expected a whole number, got \"many\"");
  }
}
