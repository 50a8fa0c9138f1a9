package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How loss and accuracy of the tasks that are worked on went so far, in a bounded space. */
public final class Traces {
  private static final int MOST = 512;

  private final Map<String, Trace> traces = new HashMap<>();

  private static final class Trace {
    private final Series losses = new Series();
    private final Series accuracies = new Series();
  }

  /** Values by the step that they belong to; every second one goes when there are too many. */
  private static final class Series {
    private final List<Double> values = new ArrayList<>();
    private long last = -1;

    private void add(long step, double value) {
      if (step <= last || !Double.isFinite(value)) {
        return;
      }
      last = step;
      values.add(value);
      if (values.size() > MOST) {
        List<Double> half = new ArrayList<>();
        for (int i = 1; i < values.size(); i += 2) {
          half.add(values.get(i));
        }
        values.clear();
        values.addAll(half);
      }
    }
  }

  /** Whether nothing is known of {@code task}. */
  public boolean lacks(String task) {
    return !traces.containsKey(task);
  }

  /**
   * Adds what a task measured before somebody looked.
   *
   * @param series of the gateway's {@code TaskSeries}
   */
  public void begin(String task, JsonNode series) {
    Trace trace = traces.computeIfAbsent(task, _ -> new Trace());
    for (JsonNode one : series) {
      switch (one.path("metric").asText()) {
        case "train_loss" -> add(trace.losses, one);
        case "test_accuracy" -> add(trace.accuracies, one);
        default -> {}
      }
    }
  }

  private static void add(Series to, JsonNode one) {
    for (int i = 0; i < one.path("steps").size(); i++) {
      to.add(one.path("steps").path(i).asLong(), one.path("values").path(i).asDouble());
    }
  }

  /**
   * Adds what the tasks of a study are at now, and forgets those that are over.
   *
   * @param active of the gateway's {@code Study}
   */
  public void add(JsonNode active) {
    Set<String> alive = new HashSet<>();
    for (JsonNode task : active) {
      String id = task.path("id").asText();
      alive.add(id);
      Trace trace = traces.computeIfAbsent(id, _ -> new Trace());
      JsonNode progress = task.path("progress");
      long step = progress.path("step").asLong();
      if (progress.path("loss").isNumber() && step > 0) {
        trace.losses.add(step, progress.path("loss").asDouble());
      }
      if (task.path("accuracy").isNumber()) {
        trace.accuracies.add(step, task.path("accuracy").asDouble());
      }
    }
    traces.keySet().retainAll(alive);
  }

  List<Double> losses(String task) {
    return Optional.ofNullable(traces.get(task))
        .map(trace -> trace.losses.values)
        .orElse(List.of());
  }

  List<Double> accuracies(String task) {
    return Optional.ofNullable(traces.get(task))
        .map(trace -> trace.accuracies.values)
        .orElse(List.of());
  }
}
