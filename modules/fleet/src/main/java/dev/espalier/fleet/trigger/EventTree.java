package dev.espalier.fleet.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.io.IOException;
import java.util.Optional;

/** An event as JSON: its attributes and extensions by name, and its data where they are JSON. */
final class EventTree {
  private static final String DATA = "data";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Configuration READING =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider(MAPPER))
          .mappingProvider(new JacksonMappingProvider(MAPPER))
          .build();

  private final ObjectNode root;

  private EventTree(ObjectNode root) {
    this.root = root;
  }

  /** The tree of {@code event}. */
  static EventTree of(CloudEvent event) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (String name : event.getAttributeNames()) {
      root.put(name, String.valueOf(event.getAttribute(name)));
    }
    for (String name : event.getExtensionNames()) {
      root.set(name, MAPPER.valueToTree(event.getExtension(name)));
    }
    data(event).ifPresent(data -> root.set(DATA, data));
    return new EventTree(root);
  }

  private static Optional<JsonNode> data(CloudEvent event) {
    CloudEventData data = event.getData();
    if (data == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(data.toBytes()))
          .filter(node -> !(node instanceof MissingNode));
    } catch (IOException e) {
      return Optional.empty(); // whoever asks for something in it finds nothing
    }
  }

  /** What {@code path} finds in the whole: one value, a list of several, or nothing. */
  Optional<JsonNode> find(JsonPath path) {
    return find(path, root);
  }

  /** What {@code path} finds in the data. */
  Optional<JsonNode> findInData(JsonPath path) {
    return root.has(DATA) ? find(path, root.get(DATA)) : Optional.empty();
  }

  private static Optional<JsonNode> find(JsonPath path, JsonNode within) {
    try {
      JsonNode found = path.read(within, READING);
      return Optional.ofNullable(found).filter(node -> !node.isNull() && !isNothing(path, node));
    } catch (RuntimeException e) {
      // Nothing is there; or the data are a stranger's, and the reader throws whatever it stumbles
      // over.
      return Optional.empty();
    }
  }

  private static boolean isNothing(JsonPath path, JsonNode found) {
    return !path.isDefinite() && found.isEmpty();
  }
}
