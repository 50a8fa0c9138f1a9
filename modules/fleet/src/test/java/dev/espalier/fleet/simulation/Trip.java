package dev.espalier.fleet.simulation;

import dev.espalier.domain.Digest;
import dev.espalier.domain.attempt.Claiming;
import dev.espalier.domain.attempt.Claiming.Finding;
import dev.espalier.domain.attempt.Standing;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One delivery's way through a worker. What is decided is decided by {@link Claiming}; this is the
 * order of reading and writing around it, as {@code Attempts}, {@code Intake} and the worker's
 * journey have it.
 */
final class Trip {
  private static final int LEAST_UNIT = 500;
  private static final int UNIT_SPREAD = 7_000;
  private static final int UNITS_A_CHECKPOINT = 2;
  private static final int MOMENT = 2_000;

  private final World world;
  private final Host host;
  private final Worker worker;
  private final ShareGroup.Handed handed;
  private final Claiming claiming;
  private final Catalogue.Work work;
  private final Pen pen;
  private Optional<AttemptReported> claim = Optional.empty();
  private Optional<Digest> checkpoint = Optional.empty();
  private int units;
  private long claimed;
  private boolean working;
  private boolean over;

  Trip(World world, Host host, Worker worker, ShareGroup.Handed handed) {
    this.world = world;
    this.host = host;
    this.worker = worker;
    this.handed = handed;
    this.claiming = new Claiming(handed.released(), host.name(), Simulation.LOCK);
    this.work = world.catalogue().work(handed.released().task());
    this.pen = new Pen(host, world.log(), identity());
  }

  private String identity() {
    String task = work.id().toString();
    return world.bug() == Bug.NO_FENCE ? task + " of " + host.name() + handed.offset() : task;
  }

  void begin() {
    tell("is handed it for the " + handed.count() + ". time, after " + handed.released().after());
    host.later(Simulation.LOCK.dividedBy(3).toMillis(), this::renew);
    worker.lookUp(work.id(), this::look);
  }

  private void renew() {
    if (over) {
      return;
    }
    if (working) {
      say(Phase.RUNNING, () -> {});
    }
    if (working && isInTheWay()) {
      tell("lets go of it");
      worker.letGo(handed);
    } else {
      String name = host.name();
      host.ask(() -> world.group().renew(name, handed.offset()), _ -> {});
    }
    host.later(Simulation.LOCK.dividedBy(3).toMillis(), this::renew);
  }

  /** By the end that it would ask for: a little old by the time it decides. */
  private boolean isInTheWay() {
    int behind = world.log().topic(Subject.TASKS).end() - handed.offset();
    return behind > ShareGroup.IN_FLIGHT / 2;
  }

  private void look(Standing standing, Optional<AttemptReported> stood) {
    boolean careless = world.bug() == Bug.SILENCE_WITHOUT_CONTACT;
    Instant heardSince = careless ? Instant.MIN : host.heardSince();
    switch (claiming.look(standing, host.clock(), heardSince)) {
      case Finding.Settled _ -> leave("finds it settled");
      case Finding.Held held -> {
        if (world.bug() == Bug.NO_LIVENESS_CHECK) {
          takeOver(standing, stood);
        } else {
          leave("leaves it to attempt " + held.by().attempt());
        }
      }
      case Finding.Unheard _ -> host.soon(MOMENT, () -> worker.lookUp(work.id(), this::look));
      case Finding.Free _ -> takeOver(standing, stood);
    }
  }

  private void takeOver(Standing standing, Optional<AttemptReported> stood) {
    world
        .truth()
        .foundFree(handed.released(), claiming.worker(), worker.begun(), stood, standing.word());
    tell("fences");
    pen.fence(() -> worker.lookUp(work.id(), this::claim));
  }

  private void claim(Standing standing, Optional<AttemptReported> stood) {
    claim = claiming.claim(standing, host.clock());
    if (claim.isEmpty()) {
      leave("finds it settled after its fence");
      return;
    }
    AttemptReported word = claim.get();
    tell("claims attempt " + word.attempt());
    if (world.bug() == Bug.CLAIM_OUTSIDE_TRANSACTION) {
      host.say(() -> world.log().append(word), () -> resume(word, stood));
    } else {
      pen.commit(List.of(word), told -> claimed(told, word, stood));
    }
  }

  private void claimed(Pen.Told told, AttemptReported word, Optional<AttemptReported> stood) {
    switch (told) {
      case COMMITTED -> resume(word, stood);
      case FENCED -> {
        tell("is fenced as it claims, and looks again");
        worker.lookUp(work.id(), this::look);
      }
      case NOTHING -> {
        over = true;
        worker.giveBack(handed);
      }
    }
  }

  private void resume(AttemptReported word, Optional<AttemptReported> stood) {
    world.truth().resumes(word, stood);
    claimed = world.timeline().now();
    checkpoint = word.checkpoint();
    boolean kept = world.store().has(checkpoint);
    units = kept ? world.catalogue().unitsAt(checkpoint) : 0;
    tell((kept ? "goes on from unit " : "begins anew, its checkpoint is gone, from unit ") + units);
    working = true;
    proceed();
  }

  private void proceed() {
    host.later((long) LEAST_UNIT + host.draws().below(UNIT_SPREAD), this::unitDone);
  }

  private void unitDone() {
    Standing standing = worker.follow(work.id());
    if (standing.supersedes(number())) {
      leave("sees that it is superseded");
    } else if (standing.withdrawal(handed.released()).isPresent()) {
      stop(standing.withdrawal(handed.released()).get().forGood());
    } else if (worker.takeFailure()) {
      tell("fails");
      say(Phase.FAILED, () -> leave("said that it failed"));
    } else {
      units = Math.min(units + 1, work.units());
      goOn();
    }
  }

  /** Nobody wants the task any more; for good, when nobody is to go on from the checkpoint. */
  private void stop(boolean forGood) {
    Optional<Digest> left = forGood ? checkpoint : Optional.empty();
    checkpoint = forGood ? Optional.empty() : checkpoint;
    say(
        Phase.PREEMPTED,
        () -> {
          left.ifPresent(world.store()::delete);
          leave("said that it stopped, since nobody wants it");
        });
  }

  private void goOn() {
    if (units == work.units()) {
      complete();
    } else if (worker.isDraining()) {
      keep(() -> say(Phase.PREEMPTED, () -> leave("said that it stopped")));
    } else if (units % UNITS_A_CHECKPOINT == 0) {
      keep(() -> {});
      proceed();
    } else {
      proceed();
    }
  }

  /** Keeps a checkpoint; once the broker has the word of it, the one before is deleted. */
  private void keep(Runnable then) {
    Optional<Digest> before = checkpoint;
    Optional<Digest> fresh = work.checkpoint(units);
    if (fresh.equals(before)) {
      then.run();
      return;
    }
    tell("keeps a checkpoint at unit " + units);
    fresh.ifPresent(world.store()::put);
    checkpoint = fresh;
    write(figures());
    say(
        Phase.RUNNING,
        () -> {
          if (!worker.follow(work.id()).supersedes(number())) {
            before.ifPresent(world.store()::delete);
          }
          then.run();
        });
  }

  private int number() {
    return claim.orElseThrow().attempt();
  }

  private void say(Phase phase, Runnable taken) {
    Optional<Failure> failure =
        phase == Phase.FAILED
            ? Optional.of(new Failure.DataMissing("expected data"))
            : Optional.empty();
    AttemptReported word =
        new AttemptReported(
            host.clock(),
            released().study(),
            work.id(),
            number(),
            claiming.worker(),
            phase,
            Progress.NONE,
            checkpoint,
            failure,
            claim.orElseThrow().workerTime().plusMillis(world.timeline().now() - claimed));
    host.say(() -> world.log().append(word), taken);
  }

  private void write(Event event) {
    host.say(() -> world.log().append(event), () -> {});
  }

  private void complete() {
    working = false;
    tell("completes attempt " + number());
    if (world.bug() == Bug.ACKNOWLEDGED_BEFORE_COMMIT) {
      worker.accept(handed, over, _ -> pen.commit(effects(), this::completed));
    } else {
      pen.commit(effects(), this::completed);
    }
  }

  private List<Event> effects() {
    List<Event> events = new ArrayList<>();
    if (work.task() instanceof PruneTask task
        && work.outcome() instanceof Outcome.Completed done
        && done.result() instanceof Result.Pruned pruned) {
      events.add(
          new MaskPublished(
              host.clock(),
              released().study(),
              work.id(),
              task.objective(),
              task.round(),
              task.setting().seed(),
              pruned.mask(),
              Optional.empty()));
    }
    events.add(figures());
    events.add(
        new OutcomePublished(
            host.clock(),
            released().study(),
            work.id(),
            number(),
            claiming.worker(),
            work.outcome()));
    return events;
  }

  private Event figures() {
    return new MetricSampled(
        host.clock(),
        released().study(),
        work.id(),
        number(),
        units,
        Map.of("train_loss", 1.0 / (1 + units)));
  }

  private TaskReleased released() {
    return handed.released();
  }

  private void completed(Pen.Told told) {
    switch (told) {
      case COMMITTED -> {
        checkpoint.ifPresent(world.store()::delete);
        leave("completed it");
      }
      case FENCED, NOTHING -> findOut();
    }
  }

  /** Whoever fenced it may be gone, or was the broker: the log says whose the task is. */
  private void findOut() {
    switch (world.bug()) {
      case GIVES_UP_WHEN_FENCED -> giveUp("is fenced as it completes");
      case COMMITS_AGAIN_BLINDLY -> pen.fence(() -> pen.commit(effects(), this::completed));
      default -> {
        tell("does not know whether it completed, and looks again");
        lookUnlessSettled(() -> pen.fence(() -> lookUnlessSettled(this::commitAgain)));
      }
    }
  }

  private void lookUnlessSettled(Runnable then) {
    worker.lookUp(work.id(), (standing, _) -> unlessSettled(standing, then));
  }

  private void unlessSettled(Standing standing, Runnable then) {
    if (standing.endedBy(number(), true)) {
      completed(Pen.Told.COMMITTED);
    } else if (standing.isBeyond(number())) {
      giveUp("finds that it is no longer its own");
    } else {
      then.run();
    }
  }

  private void commitAgain() {
    pen.commit(effects(), this::completed);
  }

  private void giveUp(String why) {
    world.truth().givenUp(released(), number());
    leave(why);
  }

  /** The work is over, whatever became of it: the delivery is accepted. */
  private void leave(String why) {
    tell(why);
    over = true;
    working = false;
    worker.accept(handed, true, _ -> worker.arrived());
  }

  private void tell(String what) {
    world.tell(host.name(), () -> work.id().digest().brief() + " " + what);
  }
}
