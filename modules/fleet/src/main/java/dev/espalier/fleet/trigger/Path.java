package dev.espalier.fleet.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.Optional;

/** A JSONPath into an event. */
final class Path {
  private static final int LONGEST = 1_000;

  private final String text;
  private final JsonPath path;

  private Path(String text, JsonPath path) {
    this.text = text;
    this.path = path;
  }

  /**
   * The path that {@code text} says.
   *
   * @throws IllegalArgumentException when it says none
   */
  static Path parse(String text) {
    try {
      return new Path(text, JsonPath.compile(text));
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a JSONPath, got %s: %s".formatted(text, e.getMessage()), e);
    }
  }

  /** Whether it finds something in the data of {@code event} that is not false. */
  boolean findsInData(EventTree event) {
    return event
        .findInData(path)
        .filter(found -> !found.isBoolean() || found.asBoolean())
        .isPresent();
  }

  /**
   * The scalar that it finds in {@code event}; empty when it finds nothing.
   *
   * @throws IllegalArgumentException when it finds anything else
   */
  Optional<JsonNode> scalar(EventTree event) {
    Optional<JsonNode> found = event.find(path);
    Optional<JsonNode> one =
        found.map(node -> !path.isDefinite() && node.size() == 1 ? node.get(0) : node);
    one.filter(node -> !node.isValueNode() || node.asText().length() > LONGEST)
        .ifPresent(
            node -> {
              String came = node.toString();
              throw new IllegalArgumentException(
                  "expected text of at most %d characters, a number, true or false at %s, got %s"
                      .formatted(
                          LONGEST, text, came.length() <= 80 ? came : came.substring(0, 80) + "…"));
            });
    return one;
  }

  @Override
  public String toString() {
    return text;
  }
}
