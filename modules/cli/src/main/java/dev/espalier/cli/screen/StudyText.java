package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Studies;
import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** Studies, as a gateway gives them: in a row each, in a line, or whole. */
public final class StudyText {
  private static final String UNKNOWN = "–";
  private static final int WORDS = 3;
  private static final int BAR = 24;

  private StudyText() {}

  /** A table with a row a study, line by line. */
  public static List<String> table(Collection<JsonNode> lines) {
    return new Table(
            List.of("name", "study", "status", "tasks", "failed", "running", "left", "submitted"),
            lines.stream().map(StudyText::row).toList())
        .forTerminal(WORDS)
        .lines()
        .toList();
  }

  private static List<String> row(JsonNode line) {
    return List.of(
        line.path("name").asText(),
        Studies.brief(line.path("id").asText()),
        line.path("status").asText(),
        line.path("completed").asText() + "/" + line.path("tasks").asText(),
        line.path("failed").asText(),
        line.path("running").asText(),
        line.has("left") ? time(line.path("left")) : UNKNOWN,
        moment(line.path("submitted")));
  }

  private static String time(JsonNode seconds) {
    return Figures.time(Duration.ofMillis(Math.round(1000 * seconds.asDouble())));
  }

  private static String moment(JsonNode instant) {
    return Instant.parse(instant.asText()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** How far a study is: {@code running, 12 of 36 tasks, about 2:05 min left}. */
  public static String standing(JsonNode line) {
    StringJoiner text = new StringJoiner(", ");
    text.add(line.path("status").asText());
    text.add("%s of %s rounds".formatted(count(line, "roundsCompleted"), count(line, "rounds")));
    text.add("%s of %s tasks".formatted(count(line, "completed"), count(line, "tasks")));
    if (line.path("failed").asInt() > 0) {
      text.add(count(line, "failed") + " failed");
    }
    if (line.has("left")) {
      text.add("about " + time(line.path("left")) + " left");
    }
    return text.toString();
  }

  private static String count(JsonNode line, String key) {
    return Figures.count(line.path(key).asLong());
  }

  /** All of a study that fits on a page. */
  public static List<String> whole(JsonNode study) {
    JsonNode line = study.path("line");
    List<String> lines = new ArrayList<>();
    lines.add(line.path("name").asText() + ", " + line.path("id").asText());
    lines.add("status:    " + standing(line));
    lines.add("submitted: " + moment(line.path("submitted")));
    if (line.has("budget")) {
      lines.add("budget:    " + budget(line));
    }
    lines.add("cost:      " + cost(study.path("cost")));
    lines.addAll(curves(study));
    if (!study.path("active").isEmpty()) {
      lines.add("");
      study.path("active").forEach(task -> lines.add(TaskText.live(task, new Traces())));
    }
    study.path("failures").forEach(failure -> lines.add("failed: " + failure.asText()));
    return lines;
  }

  private static String budget(JsonNode line) {
    JsonNode budget = line.path("budget");
    StringJoiner text = new StringJoiner(", ");
    if (budget.has("deadline")) {
      text.add("until " + budget.path("deadline").asText());
    }
    if (budget.has("workerSeconds")) {
      String spent = line.path("spending").path("workerSeconds").asText();
      text.add("%s of %s worker seconds".formatted(spent, budget.path("workerSeconds").asText()));
    }
    if (budget.has("tasks")) {
      String begun = line.path("spending").path("tasks").asText();
      text.add("%s of %s tasks begun".formatted(begun, budget.path("tasks").asText()));
    }
    return line.has("spent") ? text + "; spent: " + line.path("spent").asText() : text.toString();
  }

  private static String cost(JsonNode cost) {
    return "%s training images in %s of computing"
        .formatted(Figures.count(cost.path("images").asLong()), time(cost.path("seconds")));
  }

  private static List<String> curves(JsonNode study) {
    Table table = CurveTable.of(study.path("curves"));
    List<String> lines = new ArrayList<>();
    if (!table.rows().isEmpty()) {
      lines.add("");
      lines.addAll(table.forTerminal().lines().toList());
    }
    return lines;
  }

  /** A study that goes on: a headline with a bar, the curves so far, a line a running task. */
  public static List<String> live(JsonNode study, Traces traces) {
    JsonNode line = study.path("line");
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s  %s"
            .formatted(line.path("name").asText(), TaskText.bar(done(line), BAR), standing(line)));
    study.path("active").forEach(task -> lines.add(TaskText.live(task, traces)));
    lines.addAll(curves(study));
    study.path("failures").forEach(failure -> lines.add("failed: " + failure.asText()));
    return lines;
  }

  private static double done(JsonNode line) {
    double tasks = line.path("tasks").asDouble();
    return tasks == 0
        ? 1
        : (line.path("completed").asDouble() + line.path("failed").asDouble()) / tasks;
  }

  /** A study that goes on, in one line. */
  public static String brief(JsonNode study) {
    StringJoiner running = new StringJoiner("; ", "; ", "").setEmptyValue("");
    study.path("active").forEach(task -> running.add(TaskText.brief(task)));
    return standing(study.path("line")) + running;
  }

  /** What a study in a line is known by and how far it is, in one line. */
  public static String named(JsonNode line) {
    return "%s %s: %s"
        .formatted(
            line.path("name").asText(), Studies.brief(line.path("id").asText()), standing(line));
  }
}
