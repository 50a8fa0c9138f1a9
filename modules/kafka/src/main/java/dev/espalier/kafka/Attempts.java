package dev.espalier.kafka;

import dev.espalier.domain.attempt.Claiming;
import dev.espalier.domain.attempt.Claiming.Finding;
import dev.espalier.domain.attempt.Standing;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decides whether a task that was handed to a worker is the worker's to run, by what stands on the
 * log: tasks are delivered at least once, effects happen once.
 *
 * <p>Keeps a table of the newest words of attempts and of the tasks that have outcomes, on a thread
 * of its own. Safe for use by many threads.
 */
public final class Attempts implements AutoCloseable {
  /** How often a claim that is fenced is tried; of two who race, one is done after two. */
  private static final int TURNS = 10;

  /** How long work is held up by a word that the log does not take. */
  static final Duration WORD = Duration.ofSeconds(5);

  private final Connection connection;
  private final Sharing sharing;
  private final Clock clock;
  private final AttemptTable table;
  private final Pen words;

  private Attempts(
      Connection connection, Sharing sharing, Clock clock, AttemptTable table, Pen words) {
    this.connection = connection;
    this.sharing = sharing;
    this.clock = clock;
    this.table = table;
    this.words = words;
  }

  /**
   * Begins to follow the log.
   *
   * @param clock by which heartbeats are young or old; the same time everywhere, within a fraction
   *     of the lock
   * @return once the table has caught up
   * @throws LogException when the log cannot be read
   */
  public static Attempts open(Connection connection, Sharing sharing, Clock clock) {
    return open(connection, sharing, clock, outcome -> {});
  }

  /**
   * The same, with an ear for every outcome that stands on the log.
   *
   * @param outcomes told on the table's thread; must not block
   */
  public static Attempts open(
      Connection connection, Sharing sharing, Clock clock, Consumer<OutcomePublished> outcomes) {
    AttemptTable table = new AttemptTable(connection, new Contact(sharing, clock), outcomes);
    try {
      table.start();
      return new Attempts(
          connection, sharing, clock, table, Pen.plain(connection, "attempts", WORD));
    } catch (LogException e) {
      table.close();
      throw e;
    }
  }

  /**
   * Looks the task up, and claims it as {@link Claiming} says. Blocks for some milliseconds; for up
   * to a lock when there was no contact with the log lately.
   *
   * @param worker who this is; goes into every word of the attempt, so it must differ from that of
   *     any other process
   * @throws LogException when the log cannot be read or written
   */
  public Opening claim(Delivery delivery, String worker) {
    Claiming claiming = new Claiming(delivery.released(), worker, sharing.lock());
    for (int turn = 0; turn < TURNS; turn++) {
      Optional<Opening> opening =
          switch (listen(claiming)) {
            case Finding.Settled settled -> Optional.of(new Opening.Completed());
            case Finding.Held held -> Optional.of(new Opening.HeldElsewhere(held.by().worker()));
            case Finding.Unheard unheard -> Optional.empty();
            case Finding.Free free -> takeOver(delivery, claiming);
          };
      if (opening.isPresent()) {
        return opening.get();
      }
    }
    throw new LogException(
        "expected to claim %s, was fenced %d times and nobody claimed it"
            .formatted(delivery.released().task(), TURNS));
  }

  /** What the log says, after a lock of listening where it takes that to know. */
  private Finding listen(Claiming claiming) {
    Finding finding = look(claiming);
    long end = System.nanoTime() + sharing.lock().multipliedBy(2).toNanos();
    while (finding instanceof Finding.Unheard && System.nanoTime() < end) {
      Waiting.aMoment();
      finding = look(claiming);
    }
    return finding;
  }

  private Finding look(Claiming claiming) {
    Instant now = clock.instant();
    Standing standing = lookUp(claiming.released());
    return claiming.look(standing, now, table.contact().since());
  }

  /**
   * Where the task stands, by everything that is on the log now.
   *
   * @throws LogException when the log cannot be read
   */
  Standing lookUp(TaskReleased released) {
    return table.lookUp(released.task());
  }

  /**
   * Whoever fenced this may have died before it claimed, or was the broker, whose patience with an
   * open transaction ended: so a fence is a reason to look again, and none to leave the task.
   *
   * @return empty when fenced
   */
  private Optional<Opening> takeOver(Delivery delivery, Claiming claiming) {
    Pen pen = pen(delivery.released());
    Optional<Opening> opening = Optional.empty();
    try {
      opening = takeOver(delivery, claiming, pen);
      return opening;
    } finally {
      if (opening.filter(Opening.Claimed.class::isInstance).isEmpty()) {
        pen.close();
      }
    }
  }

  /** The fence comes first: only then does no older attempt complete the task any more. */
  private Optional<Opening> takeOver(Delivery delivery, Claiming claiming, Pen pen) {
    if (pen.fence() instanceof Commit.Fenced) {
      return Optional.empty();
    }
    Optional<AttemptReported> claim = claiming.claim(lookUp(claiming.released()), clock.instant());
    return claim.isPresent()
        ? commit(delivery, claim.get(), pen)
        : Optional.of(new Opening.Completed());
  }

  private Optional<Opening> commit(Delivery delivery, AttemptReported claim, Pen pen) {
    Envelope envelope =
        new Envelope("/espalier/worker/" + claim.worker(), delivery.id(), delivery.traceparent());
    return switch (pen.commit(List.of(claim), envelope)) {
      case Commit.Fenced fenced -> Optional.empty();
      case Commit.Committed committed ->
          Optional.of(
              new Opening.Claimed(new Attempt(delivery.released(), claim, pen, this, envelope)));
    };
  }

  /** A pen of which only the newest completes the task. */
  Pen pen(TaskReleased released) {
    return Pen.transactional(connection, released.task().toString());
  }

  /** The pen for words outside transactions, shared by all attempts. */
  Pen words() {
    return words;
  }

  Clock clock() {
    return clock;
  }

  /** Where the task stands, by what has been read so far; asks nobody. */
  Standing known(TaskReleased released) {
    return table.known(released.task());
  }

  /** The figures of its clients. */
  public List<ClientMetric> metrics() {
    return Stream.concat(table.metrics().stream(), words.metrics().stream()).toList();
  }

  /** Stops following. Attempts that are still open can only be closed. */
  @Override
  public void close() {
    words.close();
    table.close();
  }
}
