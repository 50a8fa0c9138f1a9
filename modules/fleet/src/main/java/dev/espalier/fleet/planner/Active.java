package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.loop.Loop;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.meter.Meters;
import dev.espalier.fleet.planner.PlannerVerticle.Settings;
import dev.espalier.kafka.Commit;
import dev.espalier.kafka.Contact;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.PlannerLog;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A planner at work: hears the log, decides, writes. The order matters at its beginning: it first
 * fences the planner before it, then reads all that stands, so that nothing which that one released
 * is taken for unreleased. Fenced itself, it stands by: hears and decides, and takes over by {@link
 * Succession}.
 */
final class Active implements Loop.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Active.class);
  private static final Duration TURN = Duration.ofMillis(250);
  private static final Duration CATCH_UP = Duration.ofMinutes(2);
  private static final Set<Topic> TOPICS =
      Set.of(Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES);

  private final Clock clock;
  private final MeterRegistry registry;
  private final ClientMeters clients;
  private final Planning planning;
  private final Ledger ledger;
  private final Releases releases;
  private final Settings settings;
  private final Watch watch;
  private final Contact contact;
  private final Follower follower;
  private final Queue queue;
  private volatile PlannerLog log;
  private Succession succession;
  private volatile boolean caughtUp;
  private volatile boolean standingBy;
  private boolean unsure;

  Active(Settings settings, MeterRegistry registry, ClientMeters clients) {
    this.clock = settings.clock();
    this.registry = registry;
    this.clients = clients;
    this.watch = Watch.standard(settings.sharing().lock(), settings.aloneSince());
    this.settings = settings;
    this.planning = new Planning(watch);
    this.succession = new Succession(watch.patience());
    this.ledger = new Ledger(settings.naming());
    this.releases = new Releases(ledger);
    this.log = PlannerLog.open(settings.connection());
    this.contact = new Contact(settings.sharing(), clock);
    this.follower = Follower.open(settings.connection(), TOPICS, new Hearing());
    this.queue = new Queue(settings.connection(), settings.sharing().lock());
    Meters.PLANNER_ACTIVE.gauge(registry, () -> standingBy ? 0 : 1);
    clients.add("planner", () -> log.metrics());
    clients.add("planner follower", follower::metrics);
  }

  /** Hears everything that is readable. */
  private final class Hearing implements Follower.Sink {
    @Override
    public void accept(Heard heard) {
      Event event = heard.event();
      ledger.hear(event instanceof AttemptReported word ? timed(word) : event);
      if (event instanceof TaskReleased released) {
        releases.hear(released, heard.place().offset());
      }
    }

    /** Once all that stood is known, words are heard as soon as they are said. */
    private AttemptReported timed(AttemptReported word) {
      Instant now = contact.now();
      return caughtUp ? word.heardAtOnce(now, contact.skew()) : word.heard(now, contact.skew());
    }

    @Override
    public void unreadable(Unreadable record) {} // the aggregator keeps it
  }

  @Override
  public boolean turn() {
    if (!caughtUp) {
      follower.catchUp(CATCH_UP);
      caughtUp = true;
    }
    follower.step(TURN);
    follower.keep(contact, CATCH_UP);
    if (unsure) {
      reopen();
    }
    Instant now = clock.instant();
    List<Event> due = decide(now, queue.isDrained(now, releases::over));
    if (standingBy) {
      if (succession.isOpen(due, now)) {
        takeOver();
      }
      return true;
    }
    Optional<OutcomePublished> end = ends(due).findFirst();
    end.ifPresentOrElse(this::end, () -> publish(due));
    return true;
  }

  private List<Event> decide(Instant now, boolean drained) {
    return planning.decide(ledger, now, drained, contact.since());
  }

  private static Stream<OutcomePublished> ends(List<Event> events) {
    return events.stream()
        .filter(OutcomePublished.class::isInstance)
        .map(OutcomePublished.class::cast);
  }

  /**
   * Gives a task up. Its attempts may live after all, or an heir may have begun: so they are fenced
   * before it is decided for good.
   */
  private void end(OutcomePublished given) {
    if (isDue(given)
        && surely(() -> log.end(given, () -> isDue(given))) instanceof Commit.Committed) {
      ledger.hear(given);
    }
  }

  private boolean isDue(OutcomePublished end) {
    follower.catchUp(CATCH_UP);
    return ends(decide(clock.instant(), false))
        .anyMatch(due -> due.task().equals(end.task()) && due.attempt() == end.attempt());
  }

  /** What is written is heard at once; that it comes back from the log later changes nothing. */
  private void publish(List<Event> due) {
    if (due.isEmpty()) {
      return;
    }
    switch (surely(() -> log.publish(due))) {
      case Commit.Committed committed -> {
        due.forEach(this::count);
        due.forEach(ledger::hear);
      }
      case Commit.Fenced fenced -> {
        standingBy = true;
        succession = new Succession(watch.patience());
        LOG.atWarn().log("another planner has taken over; this one stands by");
      }
    }
  }

  /** Whoever does not know what became of its words finds out before it says more. */
  private Commit surely(Supplier<Commit> writing) {
    unsure = true;
    Commit commit = writing.get();
    unsure = false;
    return commit;
  }

  private void takeOver() {
    LOG.atWarn().log("nobody plans; this planner takes over");
    reopen();
    standingBy = false;
  }

  /** As at the beginning: first the fence, then all that stands. */
  private void reopen() {
    PlannerLog fresh = PlannerLog.open(settings.connection());
    log.close();
    log = fresh;
    follower.catchUp(CATCH_UP);
    unsure = false;
  }

  private void count(Event event) {
    if (event instanceof TaskReleased released) {
      String cause = released.after() == 0 ? "first" : "again";
      Meters.RELEASES.counter(registry, TaskKind.of(released.content()), cause).increment();
    }
  }

  /** Whether it knows all that stood on the log when it began. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public void end() {
    clients.remove("planner");
    clients.remove("planner follower");
    queue.close();
    follower.close();
    log.close();
  }
}
