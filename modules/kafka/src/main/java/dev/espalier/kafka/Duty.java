package dev.espalier.kafka;

import dev.espalier.kafka.Grant.Kind;
import dev.espalier.kafka.Grant.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a principal does on the log, with the least that it must be allowed for that. */
public enum Duty {
  /** Creates the topics and sets how tasks are shared out, once. */
  SETUP,
  /** Decides which tasks may be taken. */
  PLANNER,
  /** Works on tasks. */
  WORKER,
  /** Adds events up. */
  AGGREGATOR,
  /** Shows what is added up, takes studies, and settles dead letters. */
  GATEWAY,
  /** Heeds triggers, which is what a gateway does besides where it was given some. */
  TRIGGERS,
  /** Submits studies. */
  SUBMITTER,
  /** Reads what was found. */
  READER,
  /** Pauses, resumes and cancels studies, has workers drain, and settles dead letters. */
  OPERATOR,
  /** Deletes artifacts that nobody can name any more. */
  COLLECTOR;

  /** What it needs on {@code connection}: topics in the order of {@link Topic#ALL}, then others. */
  public List<Grant> grants(Connection connection) {
    Stream<Grant> topics =
        Topic.ALL.stream()
            .map(topic -> new Grant(Kind.TOPIC, topic.on(connection), false, uses(topic)))
            .filter(grant -> !grant.operations().isEmpty());
    return Stream.concat(topics, others(connection)).toList();
  }

  private Set<Operation> uses(Topic topic) {
    Set<Operation> uses = EnumSet.noneOf(Operation.class);
    if (reads().contains(topic)) {
      uses.add(Operation.READ);
    }
    if (writes().contains(topic)) {
      uses.add(Operation.WRITE);
    }
    if (this == PLANNER && topic.kept() == Topic.Retention.TRIMMED) {
      uses.add(Operation.DELETE);
    }
    return uses;
  }

  private Set<Topic> reads() {
    return switch (this) {
      case SETUP, SUBMITTER -> Set.of();
      case PLANNER -> Set.of(Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES);
      case WORKER -> Set.of(Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES, Topic.WORKERS);
      case AGGREGATOR, GATEWAY ->
          Set.of(
              Topic.STUDIES,
              Topic.TASKS,
              Topic.ATTEMPTS,
              Topic.OUTCOMES,
              Topic.MASKS,
              Topic.METRICS,
              Topic.LOGS,
              Topic.DEADLETTERS);
      case TRIGGERS -> Set.of(Topic.EVENTS, Topic.DECISIONS);
      case READER -> Set.of(Topic.STUDIES, Topic.OUTCOMES, Topic.MASKS);
      case OPERATOR -> Set.of(Topic.STUDIES, Topic.DEADLETTERS);
      case COLLECTOR -> Set.of(Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS);
    };
  }

  private Set<Topic> writes() {
    return switch (this) {
      case SETUP, READER, COLLECTOR -> Set.of();
      case AGGREGATOR -> Set.of(Topic.DEADLETTERS);
      case PLANNER ->
          Set.of(Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES, Topic.DEADLETTERS);
      case WORKER ->
          Set.of(
              Topic.ATTEMPTS,
              Topic.OUTCOMES,
              Topic.MASKS,
              Topic.METRICS,
              Topic.LOGS,
              Topic.DEADLETTERS);
      case GATEWAY -> Set.of(Topic.STUDIES, Topic.TASKS, Topic.DEADLETTERS);
      case TRIGGERS -> Set.of(Topic.STUDIES, Topic.EVENTS, Topic.DECISIONS);
      case SUBMITTER -> Set.of(Topic.STUDIES);
      case OPERATOR -> Set.of(Topic.STUDIES, Topic.TASKS, Topic.DEADLETTERS, Topic.WORKERS);
    };
  }

  private Stream<Grant> others(Connection connection) {
    Grant all = prefixed(Kind.TOPIC, connection, "", Operation.DESCRIBE);
    Grant settings = group(connection, Operation.DESCRIBE_CONFIGS);
    return switch (this) {
      case SETUP ->
          Stream.of(
              prefixed(Kind.TOPIC, connection, "", Operation.CREATE, Operation.DESCRIBE),
              group(connection, Operation.ALTER_CONFIGS));
      case PLANNER ->
          Stream.of(
              all,
              group(connection, Operation.DESCRIBE, Operation.DESCRIBE_CONFIGS),
              identity(connection, PlannerLog.IDENTITY),
              attempts(connection));
      case WORKER ->
          Stream.of(
              all,
              group(connection, Operation.READ, Operation.DESCRIBE_CONFIGS),
              attempts(connection));
      case AGGREGATOR -> Stream.of(all, settings);
      case GATEWAY -> Stream.of(all, settings, identity(connection, DeadLetterBox.IDENTITY));
      case TRIGGERS ->
          Stream.of(
              new Grant(
                  Kind.GROUP,
                  connection.prefix() + "." + EventIntake.IDENTITY,
                  false,
                  Set.of(Operation.READ)),
              identity(connection, EventIntake.IDENTITY));
      case SUBMITTER, READER, COLLECTOR -> Stream.of();
      case OPERATOR -> Stream.of(identity(connection, DeadLetterBox.IDENTITY));
    };
  }

  /** To write in the name of a task's attempts, and to fence them. */
  private static Grant attempts(Connection connection) {
    return prefixed(Kind.TRANSACTIONAL_ID, connection, "sha256:", Operation.WRITE);
  }

  private static Grant group(Connection connection, Operation... operations) {
    return new Grant(Kind.GROUP, Topic.TASKS.on(connection), false, Set.of(operations));
  }

  private static Grant identity(Connection connection, String name) {
    return new Grant(
        Kind.TRANSACTIONAL_ID, connection.prefix() + "." + name, false, Set.of(Operation.WRITE));
  }

  private static Grant prefixed(
      Kind kind, Connection connection, String beginning, Operation... operations) {
    return new Grant(kind, connection.prefix() + "." + beginning, true, Set.of(operations));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
