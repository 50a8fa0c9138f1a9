package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The defaults that a schema states, put into a tree where it says nothing or taken out where it
 * says the same. An object whose own default is {@code {}} is made of its properties' defaults.
 */
final class Defaults {
  /** The keyword of a schema that also takes a plain value: the property that it is for. */
  static final String SHORTHAND = "x-shorthand";

  /** The keyword of a schema that also takes names: what each of them stands for. */
  static final String NAMED = "x-named";

  /** The keyword of a schema that also takes a word: the only key of an empty object. */
  static final String WORD = "x-word";

  private static final String DEFAULT = "default";
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  private Defaults() {}

  /** Puts every default that {@code node} leaves out, and writes shorthands and names out. */
  static void fill(JsonNode node, JsonNode schema) {
    if (node instanceof ObjectNode object) {
      properties(object, schema).forEach((key, property) -> fill(object, key, property));
    }
    if (node instanceof ArrayNode list) {
      items(schema).ifPresent(items -> fill(list, items));
    }
  }

  /** The schema of the values of a map, where {@code schema} is one's. */
  private static Optional<JsonNode> values(JsonNode schema) {
    return Optional.of(schema.path("additionalProperties")).filter(JsonNode::isObject);
  }

  private static void fill(ArrayNode list, JsonNode items) {
    boolean words = referred(items).orElse(items).path(WORD).asBoolean();
    for (int i = 0; i < list.size(); i++) {
      if (words && list.get(i).isTextual()) {
        String word = list.get(i).asText();
        list.set(i, JsonNodeFactory.instance.objectNode());
        ((ObjectNode) list.get(i)).putObject(word);
      }
      fill(list.get(i), items);
    }
  }

  private static Optional<JsonNode> items(JsonNode schema) {
    return Optional.ofNullable(referred(schema).orElse(schema).get("items"));
  }

  private static void fill(ObjectNode object, String key, JsonNode schema) {
    if (!object.has(key) && schema.has(DEFAULT)) {
      object.set(key, schema.get(DEFAULT).deepCopy());
    }
    if (object.path(key).isValueNode() && schema.has(SHORTHAND)) {
      JsonNode value = object.get(key);
      object.putObject(key).set(schema.get(SHORTHAND).asText(), value);
    }
    if (schema.path(NAMED).has(object.path(key).asText())) {
      object.set(key, schema.get(NAMED).get(object.get(key).asText()).deepCopy());
    }
    fill(object.path(key), schema);
  }

  /**
   * Takes every default out of {@code node}, and sorts the lists in it whose order says nothing.
   */
  static void reduce(JsonNode node, JsonNode schema) {
    if (node instanceof ObjectNode object) {
      properties(object, schema)
          .forEach(
              (key, property) -> {
                if (object.has(key)) {
                  reduce(object, key, property);
                }
              });
    }
    if (node instanceof ArrayNode list) {
      items(schema).ifPresent(items -> list.forEach(item -> reduce(item, items)));
    }
  }

  private static void reduce(ObjectNode object, String key, JsonNode schema) {
    reduce(object.get(key), schema);
    JsonNode usual = schema.path(DEFAULT);
    if (schema.path("uniqueItems").asBoolean()) {
      object.set(key, sorted(object.get(key)));
      usual = sorted(usual);
    }
    if (usual.equals(BY_VALUE, object.get(key))) {
      object.remove(key);
    }
  }

  private static JsonNode sorted(JsonNode list) {
    Comparator<JsonNode> order =
        Comparator.comparingLong((JsonNode one) -> one.asLong()).thenComparing(Defaults::text);
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    return sorted.addAll(list.valueStream().sorted(order).toList());
  }

  private static String text(JsonNode node) {
    return node.isContainerNode() ? node.toString() : node.asText();
  }

  private static Map<String, JsonNode> properties(ObjectNode object, JsonNode schema) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    for (JsonNode alternative : schema.path("oneOf")) {
      if (isOf(object, alternative)) {
        properties.putAll(properties(object, alternative));
      }
    }
    for (JsonNode rule : schema.path("allOf")) {
      if (holds(rule.path("if"), object)) {
        properties.putAll(properties(object, rule.path("then")));
      }
    }
    if (schema.at("/if/type").asText().equals("object")) {
      properties.putAll(properties(object, schema.path("then")));
    }
    referred(schema).ifPresent(to -> properties.putAll(properties(object, to)));
    schema.path("properties").properties().forEach(e -> properties.put(e.getKey(), e.getValue()));
    values(schema)
        .ifPresent(
            each -> object.fieldNames().forEachRemaining(key -> properties.putIfAbsent(key, each)));
    return properties;
  }

  private static boolean isOf(ObjectNode object, JsonNode alternative) {
    JsonNode kind = referred(alternative).orElse(alternative).at("/properties/kind/const");
    return kind.equals(object.path("kind"));
  }

  /** Whether {@code object} has the constants and keys that {@code condition} asks for. */
  private static boolean holds(JsonNode condition, ObjectNode object) {
    return condition.path("required").valueStream().allMatch(key -> object.has(key.asText()))
        && condition.path("properties").propertyStream().allMatch(e -> agrees(object, e));
  }

  private static boolean agrees(ObjectNode object, Map.Entry<String, JsonNode> wanted) {
    JsonNode value = object.get(wanted.getKey());
    return value == null || value.equals(wanted.getValue().get("const"));
  }

  private static Optional<JsonNode> referred(JsonNode schema) {
    return Optional.ofNullable(schema.get("$ref")).map(JsonNode::asText).map(Schemas::at);
  }
}
