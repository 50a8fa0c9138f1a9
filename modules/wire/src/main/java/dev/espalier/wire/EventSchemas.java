package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON Schemas of all that is said on the log, to be put into another document. */
public final class EventSchemas {
  /** What these schemas are, as AsyncAPI calls it. */
  public static final String FORMAT = "application/schema+json;version=draft-2020-12";

  private static final List<String> OWN = List.of("$id", "$schema");

  private final String pointer;
  private final ObjectNode written = JsonNodeFactory.instance.objectNode();
  private final Deque<String> wanted = new ArrayDeque<>();

  private EventSchemas(String pointer) {
    this.pointer = pointer;
  }

  /**
   * Each schema by its name, such as {@code metric}, as AsyncAPI's multi-format schema: {@code
   * schemaFormat} and {@code schema}. What a schema refers to is among them, and its references
   * lead there.
   *
   * @param pointer where in the document they will stand, such as {@code #/components/schemas}
   */
  public static ObjectNode at(String pointer) {
    EventSchemas schemas = new EventSchemas(pointer);
    Stream.concat(
            Arrays.stream(EventType.values()).map(EventType::schema), Stream.of(DecisionCodec.NAME))
        .forEach(schemas.wanted::add);
    while (!schemas.wanted.isEmpty()) {
      schemas.write(schemas.wanted.pop());
    }
    return schemas.written;
  }

  private void write(String name) {
    if (!written.has(name)) {
      ObjectNode whole = written.putObject(name);
      whole.put("schemaFormat", FORMAT);
      ObjectNode schema = (ObjectNode) moved(Schemas.schema(name), name);
      whole.set("schema", schema.without(OWN));
    }
  }

  /** A part of the schema called {@code name} with its references mended. */
  private JsonNode moved(JsonNode part, String name) {
    if (part.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      part.forEach(each -> array.add(moved(each, name)));
      return array;
    }
    if (!part.isObject()) {
      return part;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      boolean refers = entry.getKey().equals("$ref") && entry.getValue().isTextual();
      if (refers) {
        object.put("$ref", moved(entry.getValue().asText(), name));
      } else {
        object.set(entry.getKey(), moved(entry.getValue(), name));
      }
    }
    return object;
  }

  private String moved(String reference, String from) {
    int hash = reference.indexOf('#');
    String urn = hash < 0 ? reference : reference.substring(0, hash);
    String within = hash < 0 ? "" : reference.substring(hash + 1);
    String name = urn.isEmpty() ? from : Schemas.nameOf(urn);
    wanted.add(name);
    return pointer + "/" + name + "/schema" + within;
  }
}
