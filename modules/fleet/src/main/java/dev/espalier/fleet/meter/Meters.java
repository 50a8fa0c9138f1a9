package dev.espalier.fleet.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Every meter of our own, each declared once. Tags have few values: a kind, an outcome; never a
 * task, a study or a digest.
 */
public enum Meters {
  /** {@code espalier_tasks_total}. */
  TASKS(
      Kind.COUNTER,
      "espalier.tasks",
      "tasks",
      "Tasks that this process ended for good",
      "kind",
      "outcome"),
  /** {@code espalier_task_seconds}. */
  TASK_TIME(
      Kind.TIMER, "espalier.task", "seconds", "How long an attempt that ended a task took", "kind"),
  /** {@code espalier_attempts_total}. */
  ATTEMPTS(
      Kind.COUNTER,
      "espalier.attempts",
      "attempts",
      "Attempts of this process that ended",
      "kind",
      "ending"),
  /** {@code espalier_deliveries_total}. */
  DELIVERIES(
      Kind.COUNTER,
      "espalier.deliveries",
      "deliveries",
      "Tasks that the log handed to this process",
      "opening"),
  /** {@code espalier_training_images_total}. */
  TRAINING_IMAGES(
      Kind.COUNTER,
      "espalier.training.images",
      "images",
      "Images that this process passed forward and backward, rotated copies counted",
      "kind"),
  /** {@code espalier_input_waiting_seconds_total}. */
  INPUT_WAITING(
      Kind.COUNTER,
      "espalier.input.waiting.seconds",
      "seconds",
      "Time that training steps of this process waited for their inputs",
      "kind"),
  /** {@code espalier_slots}. */
  SLOTS(Kind.GAUGE, "espalier.slots", "slots", "Tasks that this process can work on at a time"),
  /** {@code espalier_slots_busy}. */
  SLOTS_BUSY(Kind.GAUGE, "espalier.slots.busy", "slots", "Tasks that this process works on"),
  /** {@code espalier_tasks_waiting}. */
  TASKS_WAITING(
      Kind.GAUGE, "espalier.tasks.waiting", "tasks", "Released tasks that nobody works on", "kind"),
  /** {@code espalier_tasks_running}. */
  TASKS_RUNNING(
      Kind.GAUGE, "espalier.tasks.running", "tasks", "Tasks with an attempt at work", "kind"),
  /** {@code espalier_tasks_failed}. */
  TASKS_FAILED(
      Kind.GAUGE,
      "espalier.tasks.failed",
      "tasks",
      "Tasks that ended without a result, or were given up"),
  /** {@code espalier_task_silence_seconds}. */
  TASK_SILENCE(
      Kind.GAUGE,
      "espalier.task.silence.seconds",
      "seconds",
      "How long the running task has been silent of which nothing was heard longest"),
  /** {@code espalier_planner_active}. */
  PLANNER_ACTIVE(
      Kind.GAUGE,
      "espalier.planner.active",
      "processes",
      "1 where this process plans, 0 where it stands by"),
  /** {@code espalier_ready}. */
  READY(
      Kind.GAUGE,
      "espalier.ready",
      "processes",
      "1 while this process is ready as /health/ready tells, 0 while it is not"),
  /** {@code espalier_releases_total}. */
  RELEASES(
      Kind.COUNTER,
      "espalier.releases",
      "releases",
      "Releases that this process wrote",
      "kind",
      "cause"),
  /** {@code espalier_events_total}. */
  EVENTS(
      Kind.COUNTER,
      "espalier.events",
      "events",
      "Events that this process took into its standings"),
  /** {@code espalier_unreadable_total}. */
  UNREADABLE(Kind.COUNTER, "espalier.unreadable", "records", "Records that are no event of ours"),
  /** {@code espalier_stream_readers}. */
  STREAM_READERS(
      Kind.GAUGE, "espalier.stream.readers", "readers", "Open streams of server-sent events"),
  /** {@code espalier_stream_replays_total}. */
  STREAM_REPLAYS(
      Kind.COUNTER,
      "espalier.stream.replays",
      "replays",
      "Readers for whom the log was read again, since they came back late or were too slow"),
  /** {@code espalier_posted_events_total}. */
  POSTED_EVENTS(
      Kind.COUNTER,
      "espalier.posted.events",
      "events",
      "Events that were posted to this process and stand on the log",
      "wellformed"),
  /** {@code espalier_trigger_events_total}. */
  TRIGGER_EVENTS(
      Kind.COUNTER,
      "espalier.trigger.events",
      "events",
      "Events from outside and times of schedules that this process decided",
      "effect"),
  /** {@code espalier_triggers_active}. */
  TRIGGERS_ACTIVE(
      Kind.GAUGE,
      "espalier.triggers.active",
      "processes",
      "1 where this process heeds triggers now, 0 where it stands by");

  /** How a meter behaves. */
  public enum Kind {
    /** Rises, and begins at 0 with its process. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts, and adds up times. */
    TIMER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final String id;
  private final String unit;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // it is: List.of
  private final List<String> tags;

  Meters(Kind kind, String id, String unit, String description, String... tags) {
    this.kind = kind;
    this.id = id;
    this.unit = unit;
    this.description = description;
    this.tags = List.of(tags);
  }

  /** How it behaves. */
  public Kind kind() {
    return kind;
  }

  /** Its name in Prometheus and OpenMetrics; a timer's has {@code _count} and so on behind it. */
  public String exposed() {
    String name = id.replace('.', '_');
    return switch (kind) {
      case COUNTER -> name + "_total";
      case GAUGE -> name;
      case TIMER -> name + "_" + unit;
    };
  }

  /** What it counts or measures in. */
  public String unit() {
    return unit;
  }

  /** What it is, in a sentence. */
  public String description() {
    return description;
  }

  /** The names of its tags. */
  public List<String> tags() {
    return tags;
  }

  /** The counter of this name, with one value a tag. */
  public Counter counter(MeterRegistry registry, Object... values) {
    return Counter.builder(idOf(Kind.COUNTER))
        .description(description)
        .tags(pairs(values))
        .register(registry);
  }

  /** The timer of this name, with one value a tag. */
  public Timer timer(MeterRegistry registry, Object... values) {
    return Timer.builder(idOf(Kind.TIMER))
        .description(description)
        .tags(pairs(values))
        .register(registry);
  }

  /** Registers what {@code value} gives under this name, with one value a tag. */
  public void gauge(MeterRegistry registry, Supplier<Number> value, Object... values) {
    Gauge.builder(idOf(Kind.GAUGE), value)
        .description(description)
        .tags(pairs(values))
        .strongReference(true)
        .register(registry);
  }

  private String idOf(Kind asked) {
    if (asked != kind) {
      throw new IllegalArgumentException("expected a " + kind + ", " + id + " is no " + asked);
    }
    return id;
  }

  private String[] pairs(Object... values) {
    if (values.length != tags.size()) {
      throw new IllegalArgumentException(
          "expected values of " + tags + " for " + id + ", got " + List.of(values));
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      pairs.add(tags.get(i));
      pairs.add(values[i].toString());
    }
    return pairs.toArray(String[]::new);
  }
}
