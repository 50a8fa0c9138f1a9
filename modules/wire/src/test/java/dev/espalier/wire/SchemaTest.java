package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Join;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyEventIsAsItsSchemaSays(long seed) {
    for (Event event : new Samples(seed).events()) {
      assertThat(errors(EventType.of(event).schema(), Json.tree(event))).as("%s", event).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyStudyCouldStandInAStudyFile(long seed) {
    assertThat(errors("study-file", Json.tree(new Samples(seed).study()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void noSchemaTakesAKeyThatItDoesNotKnow(EventType type) {
    for (Event event : new Samples(7).events()) {
      if (EventType.of(event) == type) {
        JsonNode tree = Json.tree(event);
        ((ObjectNode) tree).put("surprise", 1);

        assertThat(errors(type.schema(), tree)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "definitions",
        "study-file",
        "network-file",
        "study",
        "spent",
        "task",
        "withdrawal",
        "attempt",
        "outcome",
        "mask",
        "metric",
        "log",
        "decision",
        "triggers-file"
      })
  void everySchemaIsASchema(String name) {
    JsonNode meta = Schemas.schema(name);

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(meta))
        .isEmpty();
    assertThat(meta.get("$id").asText()).isEqualTo(Schemas.urn(name));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void schemasKnowEveryLabel(String definition, Object[] values) {
    List<String> known =
        Schemas.definition(definition).get("enum").valueStream().map(JsonNode::asText).toList();

    assertThat(known).isEqualTo(Arrays.stream(values).map(Object::toString).toList());
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of("dataName", DataSpec.Name.values()),
        Arguments.of("knownNetwork", KnownNetwork.values()),
        Arguments.of("join", Join.values()),
        Arguments.of(
            "objectiveName", Objective.USUAL.stream().map(ObjectiveForm::nameOf).toArray()),
        Arguments.of("criterion", Criterion.values()),
        Arguments.of("moment", Moment.values()),
        Arguments.of("scope", Scope.values()),
        Arguments.of("retraining", Retraining.values()),
        Arguments.of("rateSchedule", RateSchedule.values()),
        Arguments.of("precision", Precision.values()));
  }

  @Test
  void schemasKnowEveryProtocol() {
    List<String> alone =
        Schemas.definition("evaluation")
            .at("/else/enum")
            .valueStream()
            .map(JsonNode::asText)
            .toList();

    assertThat(alone)
        .isEqualTo(
            Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.detail() != Protocol.Detail.TRANSFER)
                .map(Protocol::toString)
                .toList());
  }

  @Test
  void aWrongValueIsAnError() {
    JsonNode tree = Json.tree(new Samples(1).study());
    ((ObjectNode) tree.get("training")).put("batch", 0);

    assertThat(errors("study-file", tree)).hasSize(1);
  }

  private static List<SchemaCheck.Finding> errors(String schema, JsonNode tree) {
    return new SchemaCheck(schema).findings(tree);
  }
}
