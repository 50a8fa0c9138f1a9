package dev.espalier.fleet.trigger;

import dev.espalier.domain.trigger.Effect;
import dev.espalier.fleet.loop.Loop;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.meter.Meters;
import dev.espalier.kafka.Arrival;
import dev.espalier.kafka.Commit;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Decisions;
import dev.espalier.kafka.EventIntake;
import dev.espalier.kafka.Reaction;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heeds triggers where it is this process's turn, and follows what another decides where it is not.
 * Whoever gets its turn first knows all that was decided before; what it decides it reads back
 * before it decides more. So an event that is told twice, in one place or in several, starts one
 * study, whoever of the fleet comes and goes meanwhile.
 */
final class Heeding implements Loop.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Heeding.class);
  private static final String CLIENT = "triggers";
  private static final String DUPLICATE = "duplicate";
  private static final Duration TURN = Duration.ofMillis(250);
  private static final Duration CATCH_UP = Duration.ofMinutes(2);

  private final Connection connection;
  private final Triggers triggers;
  private final Submitting submitting;
  private final Decisions decisions;
  private final Clock clock;
  private final Instant began;
  private final MeterRegistry registry;
  private final ClientMeters clients;
  private volatile EventIntake intake;
  private volatile boolean active;
  private Timetable timetable;
  private int term;
  private boolean unsure;

  Heeding(
      TriggersVerticle.Settings settings,
      Decisions decisions,
      MeterRegistry registry,
      ClientMeters clients) {
    this.connection = settings.connection();
    this.triggers = settings.triggers();
    this.submitting = settings.submitting();
    this.clock = settings.clock();
    this.began = clock.instant();
    this.decisions = decisions;
    this.registry = registry;
    this.clients = clients;
    this.timetable = timetable();
    this.intake = EventIntake.open(connection, triggers.topics());
    Meters.TRIGGERS_ACTIVE.gauge(registry, () -> active ? 1 : 0);
    clients.add(CLIENT, () -> intake.metrics());
  }

  private Timetable timetable() {
    return new Timetable(triggers, began, decisions::latest);
  }

  @Override
  public boolean turn() {
    if (unsure) {
      reopen();
    }
    unsure = true; // what fails in the middle of a step may have passed something over
    List<Arrival> arrivals = intake.step(TURN);
    unsure = false;
    if (!intake.isActive()) {
      active = false;
      decisions.step(Duration.ZERO);
      return true;
    }
    if (term != intake.term()) {
      begin();
    }
    react(arrivals);
    return true;
  }

  /** Those before are fenced by now: nothing is decided any more that this one does not know. */
  private void begin() {
    decisions.catchUp(CATCH_UP);
    timetable = timetable();
    term = intake.term();
    active = true;
    LOG.atInfo().addKeyValue("connection", connection).log("heeds triggers");
  }

  private void react(List<Arrival> arrivals) {
    Instant now = clock.instant();
    Reactions reactions = new Reactions(triggers, submitting, decisions::isDecided, now);
    arrivals.forEach(reactions::add);
    timetable.due(now).forEach(reactions::add);
    if (!arrivals.isEmpty() || !reactions.all().isEmpty()) {
      commit(reactions);
    }
  }

  /** Whoever does not know what became of its words finds out before it says more. */
  private void commit(Reactions reactions) {
    unsure = true;
    switch (intake.commit(reactions.all())) {
      case Commit.Committed _ -> {
        decisions.catchUp(CATCH_UP);
        unsure = false;
        count(reactions);
      }
      case Commit.Fenced _ -> LOG.atWarn().log("another gateway heeds triggers now");
    }
  }

  private void count(Reactions reactions) {
    for (Reaction reaction : reactions.all()) {
      Effect effect = reaction.decision().effect();
      Meters.TRIGGER_EVENTS.counter(registry, effect.kind()).increment();
    }
    Meters.TRIGGER_EVENTS.counter(registry, DUPLICATE).increment(reactions.duplicates());
  }

  /** Leaves and joins again: what was handed out and not done with is handed out to somebody. */
  private void reopen() {
    active = false;
    intake.close();
    intake = EventIntake.open(connection, triggers.topics());
    term = 0;
    unsure = false;
  }

  @Override
  public void end() {
    active = false;
    clients.remove(CLIENT);
    intake.close();
    decisions.close();
  }
}
