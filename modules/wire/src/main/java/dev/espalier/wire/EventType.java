package dev.espalier.wire;

import dev.espalier.domain.event.Event;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of events on the wire: each with its record, its CloudEvents type and its schema. */
enum EventType {
  STUDY_WISHED(Event.StudyWished.class, "study.wished", "study"),
  BUDGET_SPENT(Event.BudgetSpent.class, "budget.spent", "spent"),
  TASK_RELEASED(Event.TaskReleased.class, "task.released", "task"),
  TASK_WITHDRAWN(Event.TaskWithdrawn.class, "task.withdrawn", "withdrawal"),
  ATTEMPT_REPORTED(Event.AttemptReported.class, "attempt.reported", "attempt"),
  OUTCOME_PUBLISHED(Event.OutcomePublished.class, "outcome.published", "outcome"),
  MASK_PUBLISHED(Event.MaskPublished.class, "mask.published", "mask"),
  METRIC_SAMPLED(Event.MetricSampled.class, "metric.sampled", "metric"),
  ATTEMPT_LOGGED(Event.AttemptLogged.class, "attempt.logged", "log");

  private static final Map<String, EventType> BY_TYPE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventType::toString, Function.identity()));

  private final Class<? extends Event> record;
  private final String name;
  private final String type;
  private final String schema;
  private final URI dataSchema;

  EventType(Class<? extends Event> record, String name, String schema) {
    this.record = record;
    this.name = name;
    this.type = "dev.espalier." + name + ".v1";
    this.schema = schema;
    this.dataSchema = URI.create(Schemas.urn(schema));
  }

  static EventType of(Event event) {
    return switch (event) {
      case Event.StudyWished e -> STUDY_WISHED;
      case Event.BudgetSpent e -> BUDGET_SPENT;
      case Event.TaskReleased e -> TASK_RELEASED;
      case Event.TaskWithdrawn e -> TASK_WITHDRAWN;
      case Event.AttemptReported e -> ATTEMPT_REPORTED;
      case Event.OutcomePublished e -> OUTCOME_PUBLISHED;
      case Event.MaskPublished e -> MASK_PUBLISHED;
      case Event.MetricSampled e -> METRIC_SAMPLED;
      case Event.AttemptLogged e -> ATTEMPT_LOGGED;
    };
  }

  /** The one whose type has {@code name} in it, such as {@code metric.sampled}. */
  static Optional<EventType> named(String name) {
    return Arrays.stream(values()).filter(known -> known.name.equals(name)).findFirst();
  }

  /** Such as {@code metric.sampled}. */
  String shortName() {
    return name;
  }

  static Optional<EventType> called(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  Class<? extends Event> record() {
    return record;
  }

  String schema() {
    return schema;
  }

  URI dataSchema() {
    return dataSchema;
  }

  /** The CloudEvents type. */
  @Override
  public String toString() {
    return type;
  }
}
