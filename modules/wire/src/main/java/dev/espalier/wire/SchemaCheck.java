package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Holds a tree to a schema, and says what is wrong so that the person who wrote it can mend it. */
final class SchemaCheck {
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new AnnotationKeyword(Defaults.SHORTHAND))
          .keyword(new AnnotationKeyword(Defaults.WORD))
          .keyword(new AnnotationKeyword(Defaults.NAMED))
          .build();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(DIALECT, builder -> builder.schemas(Schemas.texts()));

  private final Schema schema;

  SchemaCheck(String name) {
    this.schema = REGISTRY.getSchema(SchemaLocation.of(Schemas.urn(name)));
  }

  /**
   * One thing that is wrong.
   *
   * @param pointer where in the tree; of an unknown key, the key itself
   * @param text what was expected and what came
   */
  record Finding(String pointer, String text) {}

  /** What is wrong with {@code tree}: nothing, if it is as the schema says. */
  List<Finding> findings(JsonNode tree) {
    return schema.validate(tree).stream().map(SchemaCheck::finding).toList();
  }

  private static Finding finding(Error error) {
    String pointer = error.getInstanceLocation().toString();
    String key = String.valueOf(error.getProperty());
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          new Finding(pointer + "/" + Mismatch.escape(key), unknown(key, pointer, error));
      case "required" ->
          new Finding(pointer, "expected the key " + key + in(pointer) + ", got none");
      default -> {
        String value = Mismatch.quote(error.getInstanceNode());
        yield new Finding(
            pointer, prefix(pointer) + expectation(error) + ", got " + value + hint(error));
      }
    };
  }

  private static String unknown(String key, String pointer, Error error) {
    List<String> known = new ArrayList<>();
    owner(error).path("properties").fieldNames().forEachRemaining(known::add);
    String hope = didYouMean(key, known).orElse("; expected one of " + String.join(", ", known));
    return "unknown key \"" + key + "\"" + in(pointer) + hope;
  }

  private static Optional<String> didYouMean(String word, Collection<String> known) {
    return Nearest.to(word, known).map(nearest -> "; did you mean " + nearest + "?");
  }

  private static String expectation(Error error) {
    JsonNode limit = error.getSchemaNode();
    return "expected "
        + switch (error.getKeyword()) {
          case "type" -> type(limit.asText());
          case "enum" -> "one of " + String.join(", ", labels(limit));
          case "minimum" -> "at least " + limit.asText();
          case "maximum" -> "at most " + limit.asText();
          case "exclusiveMinimum" -> "more than " + limit.asText();
          case "exclusiveMaximum" -> "less than " + limit.asText();
          case "minProperties" -> "at least " + limit.asText() + " key";
          case "maxProperties" -> "at most " + limit.asText() + " key";
          case "minItems" ->
              "at least " + limit.asText() + (limit.asInt() == 1 ? " entry" : " entries");
          case "maxItems" -> "at most " + limit.asText() + " entries";
          case "uniqueItems" -> "each entry once";
          case "minLength" -> "at least " + limit.asText() + " character";
          case "maxLength" -> "at most " + limit.asText() + " characters";
          case "pattern" ->
              "text such as " + String.join(" or ", labels(owner(error).path("examples")));
          default -> "otherwise: " + error.getMessage();
        };
  }

  private static String type(String name) {
    return switch (name) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "string" -> "text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      default -> "keys with values";
    };
  }

  private static String hint(Error error) {
    JsonNode value = error.getInstanceNode();
    return error.getKeyword().equals("enum") && value.isTextual()
        ? didYouMean(value.asText(), labels(error.getSchemaNode())).orElse("")
        : "";
  }

  private static List<String> labels(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  /** The schema that the keyword which failed stands in. */
  private static JsonNode owner(Error error) {
    String keyword = error.getSchemaLocation().toString();
    return Schemas.at(keyword.substring(0, keyword.lastIndexOf('/')));
  }

  private static String in(String pointer) {
    return pointer.isEmpty() ? "" : " in " + dotted(pointer);
  }

  private static String prefix(String pointer) {
    return pointer.isEmpty() ? "" : dotted(pointer) + ": ";
  }

  /** {@code /training/milestones/0} as {@code training.milestones[0]}. */
  static String dotted(String pointer) {
    return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
  }
}
