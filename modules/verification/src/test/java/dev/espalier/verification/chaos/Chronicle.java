package dev.espalier.verification.chaos;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Place;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import dev.espalier.wire.CanonicalNaming;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that was said on a log, from its beginning. */
final class Chronicle implements Follower.Sink, AutoCloseable {
  private static final Set<Topic> TOPICS =
      Set.of(
          Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS, Topic.METRICS);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration SILENCE = Duration.ofMinutes(15);
  private static final Duration TURN = Duration.ofMillis(100);
  private static final Naming NAMING = new CanonicalNaming();

  private final List<Event> events = new ArrayList<>();
  private final Set<Place> repeated;
  private final Follower follower;
  private long said;
  private Standings standings = Standings.EMPTY;
  private final Set<Place> unreadable = new HashSet<>();

  private Chronicle(Connection log, Set<Place> repeated) {
    this.repeated = repeated;
    this.follower = Follower.open(log, TOPICS, this);
  }

  /** Begins to read; nothing is read yet. */
  static Chronicle open(Connection log) {
    return Awaiting.answer(() -> new Chronicle(log, Set.of()), LIMIT);
  }

  /** All that stands on the log now. */
  static Chronicle whole(Connection log) {
    return whole(log, Set.of());
  }

  /**
   * The same.
   *
   * @param repeated where events stand that nobody said again: they count in the standings, as they
   *     do for everybody, but are not told as events
   */
  static Chronicle whole(Connection log, Set<Place> repeated) {
    return Awaiting.answer(() -> read(log, repeated), LIMIT);
  }

  private static Chronicle read(Connection log, Set<Place> repeated) {
    try (Chronicle chronicle = new Chronicle(log, repeated)) {
      chronicle.follower.catchUp(LIMIT);
      return chronicle;
    }
  }

  @Override
  public void accept(Heard heard) {
    said++;
    if (!repeated.contains(heard.place())) {
      events.add(heard.event());
    }
    standings = standings.plus(heard.event());
  }

  @Override
  public void unreadable(Unreadable record) {
    unreadable.add(record.place());
  }

  /**
   * Reads until {@code tasks} have ended, however long that takes while anybody says anything.
   *
   * @param turn done every moment
   * @throws IllegalStateException when nobody says anything for minutes
   */
  void awaitEnds(int tasks, Awaiting.Turn turn) throws IOException {
    while (ended() < tasks) {
      long said = said();
      Awaiting news = () -> said() > said;
      news.await(
          "any word, after %d of %d tasks".formatted(ended(), tasks),
          SILENCE,
          () -> {
            follower.step(TURN);
            turn.take();
          });
    }
  }

  /** Reads for a moment. */
  void listen() {
    follower.step(TURN);
  }

  /** What was read of one kind, of each topic in its order. */
  <E extends Event> Stream<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** What the events add up to. */
  Standings standings() {
    return standings;
  }

  /** Where records stand that are no events. */
  Set<Place> unreadable() {
    return unreadable;
  }

  /** The tasks of a study that is on the log. */
  TaskGraph graph(StudyId study) {
    return TaskGraph.of(
        Objects.requireNonNull(standings.studies().get(study), "a study on the log").content(),
        NAMING);
  }

  /** The newest checkpoint of what the process works on, by what was read. */
  Optional<Digest> checkpointOf(long pid) {
    return standings.tasks().values().stream()
        .filter(task -> task.outcome().isEmpty())
        .flatMap(task -> task.attempt().stream())
        .filter(word -> word.phase() == Phase.RUNNING)
        .filter(word -> word.worker().contains("-" + pid + "-"))
        .flatMap(word -> word.checkpoint().stream())
        .findFirst();
  }

  /** How many events were read. */
  long said() {
    return said;
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
