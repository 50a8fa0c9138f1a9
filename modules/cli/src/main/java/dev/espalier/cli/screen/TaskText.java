package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Studies;
import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import java.util.List;
import java.util.Locale;

/** Tasks, as a gateway gives them in a line each. */
public final class TaskText {
  private static final String UNKNOWN = "–";
  private static final int WORDS = 4;
  private static final int BAR = 12;
  private static final int SPARKS = 16;
  private static final int TITLE = 44;

  private TaskText() {}

  /** A table with a row a task, line by line. */
  public static List<String> table(List<JsonNode> tasks) {
    return new Table(
            List.of("task", "what", "state", "worker", "attempt", "done", "accuracy"),
            tasks.stream().map(TaskText::row).toList())
        .forTerminal(WORDS)
        .lines()
        .toList();
  }

  private static List<String> row(JsonNode task) {
    return List.of(
        Studies.brief(task.path("id").asText()),
        task.path("title").asText(),
        task.path("state").asText(),
        task.path("worker").asText(UNKNOWN),
        task.path("attempt").asText(),
        done(task) == 0 ? UNKNOWN : Math.round(100 * done(task)) + " %",
        accuracy(task));
  }

  /** The part of the steps that is done, 0 to 1. */
  private static double done(JsonNode task) {
    double steps = task.path("progress").path("steps").asDouble();
    return steps == 0 ? 0 : task.path("progress").path("step").asDouble() / steps;
  }

  private static String accuracy(JsonNode task) {
    return task.path("accuracy").isNumber()
        ? Figures.percent(task.path("accuracy").asDouble()) + " %"
        : UNKNOWN;
  }

  /** A task that is worked on, with what it measured so far. */
  static String live(JsonNode task, Traces traces) {
    String id = task.path("id").asText();
    String trouble = task.path("trouble").asText("");
    return "  %s %s %s%s"
        .formatted(
            padded(task.path("title").asText(), TITLE),
            bar(done(task), BAR),
            figures(task, traces, id),
            trouble.isEmpty() ? "" : "  " + trouble);
  }

  private static String figures(JsonNode task, Traces traces, String id) {
    JsonNode progress = task.path("progress");
    if (progress.path("steps").asLong() == 0) {
      return task.path("state").asText().equals("running")
          ? "beginning"
          : task.path("state").asText();
    }
    return "%s  loss %s %s  accuracy %s %s"
        .formatted(
            epoch(progress),
            loss(progress),
            padded(Sparks.of(traces.losses(id), SPARKS), SPARKS),
            accuracy(task),
            Sparks.of(traces.accuracies(id), SPARKS))
        .stripTrailing();
  }

  /** A task that is worked on, in a few words. */
  static String brief(JsonNode task) {
    JsonNode progress = task.path("progress");
    String title = task.path("title").asText();
    return progress.path("steps").asLong() == 0
        ? title
        : "%s %s loss %s accuracy %s"
            .formatted(title, epoch(progress), loss(progress), accuracy(task));
  }

  /** Counted from 1, as people count; the last one once all steps are done. */
  private static String epoch(JsonNode progress) {
    long epochs = progress.path("epochs").asLong();
    return "epoch %d/%d".formatted(Math.min(progress.path("epoch").asLong() + 1, epochs), epochs);
  }

  private static String loss(JsonNode progress) {
    JsonNode loss = progress.path("loss");
    return loss.isNumber() ? String.format(Locale.ROOT, "%.3f", loss.asDouble()) : loss.asText();
  }

  /**
   * How far something is, as a line.
   *
   * @param done 0 to 1
   */
  static String bar(double done, int width) {
    int full = (int) Math.floor(width * Math.clamp(done, 0, 1));
    return "━".repeat(full) + "╌".repeat(width - full);
  }

  static String padded(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
