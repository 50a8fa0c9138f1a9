package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.espalier.domain.event.Event;
import dev.espalier.kafka.Topic;
import dev.espalier.wire.DecisionCodec;
import dev.espalier.wire.EventCodec;
import dev.espalier.wire.Json;
import dev.espalier.wire.YamlText;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogDocumentTest {
  private static final JsonNode ROOT = LogDocument.load().root();
  private static final String URN = "urn:espalier:asyncapi";

  /** What stands on the log and is no event of a study. */
  private static final Set<String> OTHERS =
      Set.of(DecisionCodec.TYPE, "dev.espalier.worker.drained.v1", "foreign", "deadletter");

  @Test
  void isAnAsyncApiDocument() throws IOException {
    Schema schema = SchemaRegistry.withDialect(Dialects.getDraft7()).getSchema(official());

    assertThat(schema.validate(ROOT.toString(), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(ROOT.toString().replace("\"send\"", "\"shout\""), InputFormat.JSON))
        .isNotEmpty();
  }

  private static String official() throws IOException {
    try (InputStream in = LogDocumentTest.class.getResourceAsStream("/asyncapi/3.0.0.json.gz")) {
      assertThat(in).isNotNull();
      return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void isServedInYamlAsItIs() {
    assertThat(YamlText.tree(YamlText.of(ROOT), "a document")).hasToString(ROOT.toString());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = ROOT.findValuesAsText("$ref");

    assertThat(references)
        .isNotEmpty()
        .allMatch(ref -> ref.startsWith("#/") && !ROOT.at(ref.substring(1)).isMissingNode());
  }

  @Test
  void whatIsInItIsReferredTo() {
    Set<String> references = new HashSet<>(ROOT.findValuesAsText("$ref"));

    for (String kind : List.of("messages", "messageTraits", "parameters")) {
      ROOT.path("components")
          .path(kind)
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(references).contains("#/components/" + kind + "/" + name));
    }
  }

  static List<Topic> topics() {
    return Topic.ALL;
  }

  @Test
  void itsChannelsAreTheTopics() {
    assertThat(ROOT.path("channels").findValuesAsText("address"))
        .containsExactlyElementsOf(
            Topic.ALL.stream().map(topic -> "{prefix}." + topic.suffix()).toList());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aChannelKeepsWhatItsTopicKeeps(Topic topic) {
    JsonNode kafka = channelOf(topic).at("/bindings/kafka");
    JsonNode settings = kafka.path("topicConfiguration");
    long days = Duration.ofDays(30).toMillis();

    assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.partitions());
    assertThat(settings.at("/cleanup.policy/0").asText() + settings.path("retention.ms").asText())
        .isEqualTo(
            switch (topic.kept()) {
              case COMPACTED -> "compact";
              case TRIMMED -> "delete-1";
              case TIMED -> "delete" + days;
            });
  }

  private static JsonNode channelOf(Topic topic) {
    return StreamSupport.stream(ROOT.path("channels").spliterator(), false)
        .filter(any -> any.path("address").asText().equals("{prefix}." + topic.suffix()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itsMessagesAreTheTypesOfEvents() {
    Set<String> types =
        EventCodec.names().stream()
            .map(name -> EventCodec.typeNamed(name).orElseThrow())
            .collect(Collectors.toSet());
    types.addAll(OTHERS);

    assertThat(ROOT.at("/components/messages").findValuesAsText("name")).containsAll(types);
    assertThat(messages().map(message -> message.path("name").asText()))
        .containsExactlyInAnyOrderElementsOf(types);
  }

  private static Stream<JsonNode> messages() {
    return StreamSupport.stream(ROOT.at("/components/messages").spliterator(), false);
  }

  static List<JsonNode> events() {
    return messages().filter(message -> !OTHERS.contains(message.path("name").asText())).toList();
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsReadAndStandsWhereItBelongs(JsonNode message) {
    assertThat(message.path("examples")).isNotEmpty();
    for (JsonNode example : message.path("examples")) {
      Event event = EventCodec.decode(envelope(example));

      assertThat(EventCodec.typeOf(event)).isEqualTo(message.path("name").asText());
      assertThat(referred(channelOf(Topic.of(event)).path("messages"))).contains(message);
      assertThat(wrong(schemaOf(message), example.path("payload"))).isEmpty();
      assertThat(wrong(headersOf(message), example.path("headers"))).isEmpty();
    }
  }

  private static List<JsonNode> referred(JsonNode references) {
    return references.findValuesAsText("$ref").stream()
        .map(ref -> ROOT.at(ref.substring(1)))
        .toList();
  }

  private static String schemaOf(JsonNode message) {
    return message.at("/payload/$ref").asText() + "/schema";
  }

  private static String headersOf(JsonNode message) {
    return "#/components/messages/"
        + ROOT.at("/components/messages")
            .propertyStream()
            .filter(each -> each.getValue().equals(message))
            .findFirst()
            .orElseThrow()
            .getKey()
        + "/headers";
  }

  /** What is wrong with {@code tree} by the schema that the document has at {@code reference}. */
  private static List<?> wrong(String reference, JsonNode tree) {
    return SchemaRegistry.withDialect(
            Dialects.getDraft202012(), builder -> builder.schemas(Map.of(URN, ROOT.toString())))
        .getSchema(SchemaLocation.of(URN + reference))
        .validate(tree);
  }

  @Test
  void aHeaderIsThatOfItsMessageAndOfItsTraits() {
    for (JsonNode message : events()) {
      for (JsonNode example : message.path("examples")) {
        for (JsonNode trait : message.path("traits")) {
          String headers = trait.path("$ref").asText() + "/headers";
          assertThat(wrong(headers, example.path("headers"))).isEmpty();
        }
      }
    }
  }

  @Test
  void aDecisionIsReadToo() {
    JsonNode message = ROOT.at("/components/messages/triggerDecided");
    JsonNode example = message.at("/examples/0");

    assertThat(DecisionCodec.decode(envelope(example)).event()).isPresent();
    assertThat(wrong(schemaOf(message), example.path("payload"))).isEmpty();
  }

  /** The event that a record with these headers and this value is. */
  private static CloudEvent envelope(JsonNode example) {
    CloudEventBuilder builder = CloudEventBuilder.v1();
    for (Map.Entry<String, JsonNode> header : example.path("headers").properties()) {
      String name = header.getKey().replace("ce_", "").replace("content-type", "datacontenttype");
      String value = header.getValue().asText();
      switch (name) {
        case "specversion" -> assertThat(value).isEqualTo("1.0");
        case "time" -> builder.withTime(OffsetDateTime.parse(value));
        default -> builder.withContextAttribute(name, value);
      }
    }
    return builder.withData(Json.write(example.path("payload"))).build();
  }
}
