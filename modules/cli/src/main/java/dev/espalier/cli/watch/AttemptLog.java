package dev.espalier.cli.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.client.Following;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.SentEvent;
import dev.espalier.cli.text.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the attempts at a task wrote, as lines of text or of JSON. */
public final class AttemptLog {
  private static final Duration TURN = Duration.ofMillis(500);
  private static final int MOST_LINES = 10_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Gateway gateway;
  private final JsonNode task;
  private final Optional<Integer> wanted;
  private final boolean json;
  private final PrintStream out;
  private final Set<JsonNode> printed = new HashSet<>();

  /**
   * The log of a task.
   *
   * @param task the gateway's {@code Task}
   * @param wanted which attempt; absent for the newest, and those that come after it
   * @param json whether lines are for programs
   */
  public AttemptLog(
      Gateway gateway, JsonNode task, Optional<Integer> wanted, boolean json, PrintStream out) {
    this.gateway = gateway;
    this.task = task;
    this.wanted = wanted;
    this.json = json;
    this.out = out;
  }

  private String id() {
    return task.path("line").path("id").asText();
  }

  private int newest() {
    return wanted.orElseGet(() -> task.path("line").path("attempt").asInt());
  }

  /** Prints what is there: nothing before the first attempt. */
  public void print() {
    int attempt = newest();
    if (attempt > 0) {
      String path = "/api/tasks/%s/attempts/%d/log?lines=%d".formatted(id(), attempt, MOST_LINES);
      gateway.get(path).forEach(line -> print(attempt, line));
    }
  }

  /** Prints what is there and what comes, until the task has ended or nobody reads on. */
  public void follow() {
    if (task.has("outcome")) {
      print();
      return;
    }
    // Before what is there is asked for, so that nothing falls between the two.
    try (Following events = Following.open(gateway, path())) {
      print();
      boolean ended = gateway.get("/api/tasks/" + id()).has("outcome");
      while (!ended && !out.checkError()) {
        ended = events.next(TURN).filter(this::ends).isPresent();
      }
    }
  }

  /** The study is asked for too, for it comes at once, with a place on the log to go on from. */
  private String path() {
    String study = task.path("studies").path(0).asText();
    return "/api/events?study=%s&show=study,attempt.logged,outcome.published".formatted(study);
  }

  /** Prints the lines in {@code event}; whether it holds the end of the task. */
  private boolean ends(SentEvent event) {
    return switch (event.name()) {
      case "events" -> prints(event);
      case "reset" -> {
        print();
        yield false;
      }
      default -> false;
    };
  }

  private boolean prints(SentEvent event) {
    boolean ended = false;
    for (JsonNode one : tree(event)) {
      JsonNode data = one.path("data");
      if (data.path("task").asText().equals(id())) {
        int attempt = data.path("attempt").asInt();
        if (wanted.isEmpty() || wanted.get() == attempt) {
          data.path("lines").forEach(line -> print(attempt, line));
        }
        ended |= one.path("type").asText().contains(".outcome.published.");
      }
    }
    return ended;
  }

  private JsonNode tree(SentEvent event) {
    try {
      return JSON.readTree(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected JSON in the event " + event.id(), e);
    }
  }

  private void print(int attempt, JsonNode line) {
    ObjectNode whole = line.deepCopy();
    whole.put("attempt", attempt);
    if (!printed.add(whole)) {
      return; // it was there, and came again
    }
    if (printed.size() > MOST_LINES * 2) {
      printed.clear();
    }
    if (json) {
      out.println(whole);
    } else {
      text(line).lines().map(Printable::of).forEach(out::println);
    }
    out.flush();
  }

  private static String text(JsonNode line) {
    return "%s %-5s %s"
        .formatted(
            line.path("at").asText(),
            line.path("level").asText().toUpperCase(Locale.ROOT),
            line.path("text").asText().replace("\n", "\n  "));
  }
}
