package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.espalier.domain.study.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says where a tree is not the value that it should be, and why. */
final class Mismatch {
  private static final String WHOLE = "a whole number";
  private static final int LONGEST_QUOTE = 80;
  private static final Map<Class<?>, String> NAMES =
      Map.ofEntries(
          Map.entry(int.class, WHOLE),
          Map.entry(Integer.class, WHOLE),
          Map.entry(OptionalInt.class, WHOLE),
          Map.entry(long.class, WHOLE),
          Map.entry(Long.class, WHOLE),
          Map.entry(double.class, "a number"),
          Map.entry(Double.class, "a number"),
          Map.entry(OptionalDouble.class, "a number"),
          Map.entry(Range.class, "a list of two numbers"),
          Map.entry(Duration.class, "a number of seconds"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(String.class, "text"),
          Map.entry(List.class, "a list"),
          Map.entry(ArrayList.class, "a list"));

  private Mismatch() {}

  static void requireNoNull(JsonNode tree) {
    if (hasNull(tree)) {
      throw new UnreadableJsonException(pointerToNull(tree), "expected a value, got null");
    }
  }

  private static boolean hasNull(JsonNode node) {
    for (JsonNode child : node) {
      if (hasNull(child)) {
        return true;
      }
    }
    return node.isNull() || node.isMissingNode();
  }

  private static String pointerToNull(JsonNode node) {
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      if (hasNull(node.get(i))) {
        return "/" + i + pointerToNull(node.get(i));
      }
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (hasNull(property.getValue())) {
        return "/" + escape(property.getKey()) + pointerToNull(property.getValue());
      }
    }
    return "";
  }

  static UnreadableJsonException of(JsonMappingException e, JsonNode tree) {
    String pointer =
        e.getPath().stream()
            .map(Mismatch::step)
            .map(step -> "/" + step)
            .collect(Collectors.joining());
    return new UnreadableJsonException(pointer, reason(e, tree.at(pointer)), e);
  }

  private static String step(JsonMappingException.Reference reference) {
    String name = reference.getFieldName();
    return name == null ? Integer.toString(reference.getIndex()) : escape(name);
  }

  static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static String reason(JsonMappingException e, JsonNode found) {
    if (e.getCause() instanceof IllegalArgumentException cause) {
      return String.valueOf(cause.getMessage());
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key, expected one of " + unknown.getKnownPropertyIds();
    }
    if (found.isMissingNode()) {
      return "expected a value, got none";
    }
    String message = e.getOriginalMessage();
    if (message.startsWith("expected ") || !(e instanceof MismatchedInputException mismatch)) {
      return message;
    }
    return "expected " + expectation(mismatch.getTargetType()) + ", got " + quote(found);
  }

  private static String expectation(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    return type.isEnum() ? labels(type) : NAMES.getOrDefault(type, "an object");
  }

  private static String labels(Class<?> type) {
    return "one of " + Arrays.toString(type.getEnumConstants());
  }

  static String quote(JsonNode node) {
    String text = node.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
