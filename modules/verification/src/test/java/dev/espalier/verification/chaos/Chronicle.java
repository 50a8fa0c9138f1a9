package dev.espalier.verification.chaos;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Place;
import dev.espalier.kafka.Topic;
import dev.espalier.wire.CanonicalNaming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that was said on a log, from its beginning. */
final class Chronicle implements Follower.Sink, AutoCloseable {
  private static final Set<Topic> TOPICS =
      Set.of(
          Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS, Topic.METRICS);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Naming NAMING = new CanonicalNaming();

  private final List<Event> events = new ArrayList<>();
  private final Follower follower;
  private Standings standings = Standings.EMPTY;
  private int unreadable;

  private Chronicle(Connection log) {
    this.follower = Follower.open(log, TOPICS, this);
  }

  /** Begins to read; nothing is read yet. */
  static Chronicle open(Connection log) {
    return new Chronicle(log);
  }

  /** All that stands on the log now. */
  static Chronicle whole(Connection log) {
    try (Chronicle chronicle = open(log)) {
      chronicle.follower.catchUp(LIMIT);
      return chronicle;
    }
  }

  @Override
  public void accept(Event event, Place place) {
    events.add(event);
    standings = standings.plus(event);
  }

  @Override
  public void unreadable(Place place, String reason) {
    unreadable++;
  }

  /** Reads what has arrived, waiting for it at most {@code wait}. */
  void step(Duration wait) {
    follower.step(wait);
  }

  /** What was read of one kind, of each topic in its order. */
  <E extends Event> Stream<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** What the events add up to. */
  Standings standings() {
    return standings;
  }

  /** How many records were no events. */
  int unreadable() {
    return unreadable;
  }

  /** The tasks of a study that is on the log. */
  TaskGraph graph(StudyId study) {
    return TaskGraph.of(
        Objects.requireNonNull(standings.studies().get(study), "a study on the log").content(),
        NAMING);
  }

  /** How many events were read. */
  long said() {
    return events.size();
  }

  /** How many tasks have ended, for good or ill. */
  long ended() {
    return all(OutcomePublished.class).map(OutcomePublished::task).distinct().count();
  }

  @Override
  public void close() {
    follower.close();
  }
}
