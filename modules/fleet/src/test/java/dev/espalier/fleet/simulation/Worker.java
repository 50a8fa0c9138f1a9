package dev.espalier.fleet.simulation;

import dev.espalier.domain.attempt.Standing;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A worker of one slot: takes one task after the other, each on a {@link Trip}. */
final class Worker {
  private static final int RESTART = 5_000;
  private static final int BETWEEN_READS = 200;

  private final World world;
  private final Host host;
  private Map<TaskId, Standing> standings = new HashMap<>();
  private Reader reader;
  private Optional<Trip> trip = Optional.empty();
  private long begun;
  private boolean draining;
  private boolean failing;

  /** What stood on the log at a moment: its ends, and by the truth the newest word of a task. */
  private record Moment(Map<Subject, Integer> ends, Optional<AttemptReported> word) {}

  Worker(World world, Host host) {
    this.world = world;
    this.host = host;
    this.reader = reader();
  }

  private Reader reader() {
    return new Reader(
        world.log(), List.of(Subject.ATTEMPTS, Subject.OUTCOMES), (event, _) -> hear(event));
  }

  private void hear(Event event) {
    switch (event) {
      case AttemptReported said -> {
        AttemptReported word = said.heard(host.clock(), host.skew());
        standings.merge(
            word.task(), Standing.NONE.plus(word), (standing, _) -> standing.plus(word));
      }
      case OutcomePublished ended ->
          standings.merge(
              ended.task(), Standing.NONE.plus(ended), (standing, _) -> standing.plus(ended));
      case TaskWithdrawn withdrawn ->
          standings.merge(
              withdrawn.task(),
              Standing.NONE.plus(withdrawn),
              (standing, _) -> standing.plus(withdrawn));
      case Event.StudyWished _, Event.BudgetSpent _, Event.TaskReleased _ -> {}
      case Event.MaskPublished _, Event.MetricSampled _, Event.AttemptLogged _ -> {}
    }
  }

  /** A new life: knows nothing, and asks for a task. */
  void begin() {
    standings = new HashMap<>();
    reader = reader();
    trip = Optional.empty();
    begun = world.timeline().now();
    draining = false;
    failing = false;
    host.keepInTouch();
    ask();
  }

  private void ask() {
    ShareGroup.Member member = new ShareGroup.Member(host.name(), host.mine(this::handed));
    host.ask(
        () -> {
          world.group().ask(member);
          return true;
        },
        _ -> {});
  }

  private void handed(ShareGroup.Handed handed) {
    host.hears(() -> travel(handed));
  }

  private void travel(ShareGroup.Handed handed) {
    Trip begun = new Trip(world, host, this, handed);
    trip = Optional.of(begun);
    begun.begin();
  }

  /** The trip is over: the next may begin, unless this worker is to stop. */
  void arrived() {
    trip = Optional.empty();
    if (draining) {
      die(1L + host.draws().below(RESTART));
    } else {
      ask();
    }
  }

  /** When its life began, in ms. */
  long begun() {
    return begun;
  }

  /** Whether the task is its own is not known: the task goes back to all. */
  void giveBack(ShareGroup.Handed handed) {
    String name = host.name();
    host.ask(
        () -> {
          world.group().release(name, handed.offset());
          return true;
        },
        _ -> arrived());
  }

  /** Dies at once, and starts again after {@code delay} ms. */
  void die(long delay) {
    String name = host.name();
    trip = Optional.empty();
    world.tell(name, () -> "dies");
    world.group().leave(name);
    host.die(delay);
  }

  /** Asks it to stop politely. */
  void drain() {
    if (host.isAlive()) {
      draining = true;
      if (trip.isEmpty()) {
        die(1L + host.draws().below(RESTART));
      }
    }
  }

  boolean isDraining() {
    return draining;
  }

  /** Lets the attempt under way fail, in a way that another may not meet. */
  void fail() {
    failing = trip.isPresent();
  }

  boolean takeFailure() {
    boolean taken = failing;
    failing = false;
    return taken;
  }

  /**
   * Reads all that the log says of {@code task}.
   *
   * @param then told where it stands, and the newest word that stood there when this began
   */
  void lookUp(TaskId task, BiConsumer<Standing, Optional<AttemptReported>> then) {
    host.ask(
        () -> new Moment(ends(), world.truth().wordOf(task)),
        moment -> reach(moment.ends(), () -> then.accept(known(task), moment.word())));
  }

  private Map<Subject, Integer> ends() {
    return world.bug() == Bug.READ_TO_STABLE_OFFSET ? reader.stableEnds() : reader.ends();
  }

  private void reach(Map<Subject, Integer> ends, Runnable then) {
    read();
    if (reader.hasReached(ends)) {
      then.run();
    } else {
      host.soon(BETWEEN_READS, () -> reach(ends, then));
    }
  }

  private void read() {
    if (!host.isOutOfTouch()) {
      reader.read(host.draws().below(2));
    }
  }

  /** Where {@code task} stands by what has been followed so far. */
  Standing follow(TaskId task) {
    read();
    return known(task);
  }

  private Standing known(TaskId task) {
    return standings.getOrDefault(task, Standing.NONE);
  }

  /** Accepts a delivery before the work on it is over, so that it does not hold others up. */
  void letGo(ShareGroup.Handed handed) {
    String name = host.name();
    host.ask(
        () -> {
          ShareGroup.Answer answer = world.group().accept(name, handed.offset());
          if (answer == ShareGroup.Answer.TAKEN) {
            world.truth().letGo(handed.released());
          }
          return answer;
        },
        _ -> {});
  }

  /** Accepts a delivery, then goes on. */
  void accept(ShareGroup.Handed handed, boolean over, Consumer<ShareGroup.Answer> then) {
    String name = host.name();
    host.ask(
        () -> {
          ShareGroup.Answer answer = world.group().accept(name, handed.offset());
          if (answer == ShareGroup.Answer.TAKEN) {
            world.truth().accepted(handed.released(), over);
          }
          return answer;
        },
        then);
  }
}
