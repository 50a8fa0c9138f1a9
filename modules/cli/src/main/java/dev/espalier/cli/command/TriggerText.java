package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.text.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said of triggers and decisions in a terminal. */
final class TriggerText {
  private static final int COLUMNS = 4;

  private TriggerText() {}

  /** Triggers, one a line. */
  static List<String> triggers(JsonNode triggers) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode trigger : triggers) {
      rows.add(
          List.of(
              trigger.path("name").asText(),
              on(trigger),
              trigger.path("next").asText("-"),
              values(trigger.path("values"))));
    }
    return table(List.of("trigger", "on", "next", "values"), rows);
  }

  private static String on(JsonNode trigger) {
    if (trigger.has("schedule")) {
      return trigger.path("schedule").asText();
    }
    List<String> parts = new ArrayList<>();
    parts.add(joined(trigger.path("types"), "any type"));
    if (!trigger.path("topics").isEmpty()) {
      parts.add("on " + joined(trigger.path("topics"), ""));
    }
    for (String key : List.of("filter", "where")) {
      if (trigger.has(key)) {
        parts.add(key + " " + trigger.path(key).asText());
      }
    }
    return String.join(", ", parts);
  }

  private static String joined(JsonNode texts, String none) {
    return texts.isEmpty()
        ? none
        : texts.valueStream().map(JsonNode::asText).collect(Collectors.joining(" or "));
  }

  private static String values(JsonNode values) {
    return values.properties().stream()
        .map((Map.Entry<String, JsonNode> one) -> one.getKey() + " " + one.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  /** What events would do. */
  static List<String> tried(JsonNode runs) {
    List<String> lines = new ArrayList<>();
    for (JsonNode run : runs) {
      lines.add(event(run) + ": " + effect(run.path("effect")));
      if (run.has("tasks")) {
        lines.add("  %s, %d tasks".formatted(studyOf(run), run.path("tasks").asInt()));
      }
      if (run.path("decided").asBoolean()) {
        lines.add("  it was told before, so that it does nothing any more");
      }
    }
    return lines;
  }

  private static String studyOf(JsonNode run) {
    return run.at("/effect/study").asText();
  }

  private static String event(JsonNode decision) {
    JsonNode event = decision.path("event");
    return event.isMissingNode()
        ? decision.path("from").asText()
        : event.path("id").asText() + " of " + event.path("source").asText();
  }

  private static String effect(JsonNode effect) {
    return switch (effect.path("kind").asText()) {
      case "started" ->
          "%s starts %s".formatted(effect.path("trigger").asText(), effect.path("name").asText());
      case "refused" ->
          "%s refuses it: %s"
              .formatted(effect.path("trigger").asText(), effect.path("reason").asText());
      default -> effect.path("kind").asText() + ": " + effect.path("reason").asText();
    };
  }

  /** What events did, one a line. */
  static List<String> decisions(JsonNode decisions) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode decision : decisions) {
      rows.add(
          List.of(
              decision.path("number").asText(),
              Instant.parse(decision.path("at").asText())
                  .truncatedTo(ChronoUnit.SECONDS)
                  .toString(),
              event(decision),
              effect(decision.path("effect")).lines().findFirst().orElse("")));
    }
    return rows.isEmpty()
        ? List.of("no decisions")
        : table(List.of("number", "at", "event", "what it did"), rows);
  }

  private static List<String> table(List<String> header, List<List<String>> rows) {
    return new Table(header, rows).forTerminal(COLUMNS).lines().toList();
  }

  /** What one event did. */
  static List<String> decision(JsonNode decision) {
    List<String> lines = new ArrayList<>();
    lines.add("event: " + event(decision));
    lines.add("key:   " + decision.path("key").asText());
    lines.add("from:  " + decision.path("from").asText());
    lines.add("at:    " + decision.path("at").asText());
    lines.addAll(effect(decision.path("effect")).lines().toList());
    if (decision.at("/effect").has("study")) {
      lines.add("study: " + decision.at("/effect/study").asText());
    }
    return lines;
  }
}
