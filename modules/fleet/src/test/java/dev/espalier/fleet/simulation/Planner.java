package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.planner.Mind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A planner: fences the one before, reads all that stands, then hears, decides and writes. */
final class Planner {
  private static final List<Subject> SUBJECTS =
      List.of(Subject.STUDIES, Subject.TASKS, Subject.ATTEMPTS, Subject.OUTCOMES);
  private static final int TURN = 1_000;
  private static final int IDLE = 3_000;

  private final World world;
  private final Host host;
  private Mind mind;
  private Reader reader;
  private Pen pen;
  private Map<TaskId, AttemptReported> words = new HashMap<>();
  private boolean news;
  private boolean drained;
  private boolean standingBy;
  private boolean caughtUp;
  private long asked;
  private long decided;

  Planner(World world, Host host) {
    this.world = world;
    this.host = host;
    this.mind = new Mind(world.catalogue().naming(), Simulation.LOCK);
    this.reader = new Reader(world.log(), SUBJECTS, this::read);
    this.pen = new Pen(host, world.log(), "planner");
  }

  /** A new life. */
  void begin() {
    mind = new Mind(world.catalogue().naming(), Simulation.LOCK);
    reader = new Reader(world.log(), SUBJECTS, this::read);
    words = new HashMap<>();
    drained = false;
    caughtUp = false;
    asked = world.timeline().now();
    host.keepInTouchReading(reader::ends, reader::hasReached);
    takeOver();
  }

  private void takeOver() {
    standingBy = false;
    pen = new Pen(host, world.log(), "planner");
    pen.fence(() -> host.ask(reader::ends, this::catchUp));
  }

  private void read(Event event, int offset) {
    hear(event instanceof AttemptReported word ? heard(word) : event);
    if (event instanceof TaskReleased released) {
      mind.place(released, offset);
    }
  }

  /** As by the real one. */
  private AttemptReported heard(AttemptReported word) {
    Instant now = host.clock();
    return caughtUp ? word.heardAtOnce(now, host.skew()) : word.heard(now, host.skew());
  }

  private void hear(Event event) {
    if (world.bug() != Bug.SPENDS_ON || !(event instanceof Event.BudgetSpent)) {
      mind.hear(event);
    }
    news = true;
    if (event instanceof AttemptReported word && world.bug() == Bug.NO_REISSUE) {
      words.put(word.task(), word);
    }
  }

  private void catchUp(Map<Subject, Integer> ends) {
    read();
    if (reader.hasReached(ends)) {
      caughtUp = true;
      world.tell(host.name(), () -> "plans");
      turn();
    } else {
      host.soon(TURN, () -> catchUp(ends));
    }
  }

  private void read() {
    if (!host.isOutOfTouch()) {
      reader.read(host.draws().below(SUBJECTS.size()));
    }
  }

  /** Decides when it has heard something, and after a while because time has passed. */
  private void turn() {
    read();
    if (!news && world.timeline().now() < decided + IDLE) {
      host.soon(TURN, this::turn);
    } else if (world.timeline().now() > asked + Simulation.LOCK.toMillis()) {
      asked = world.timeline().now();
      int over = Math.toIntExact(mind.over());
      host.ask(
          () -> keepQueue(over),
          answer -> {
            drained = answer;
            decide();
          });
    } else {
      decide();
    }
  }

  /** As the real one's queue: asks whether it is drained, and has the log forget what is over. */
  private boolean keepQueue(int over) {
    boolean blind = world.bug() == Bug.FORGETS_WHAT_IS_ACCEPTED;
    int done = world.group().begin();
    world.log().topic(Subject.TASKS).forget(blind ? done : Math.min(over, done));
    return world.group().isDrained();
  }

  private void decide() {
    news = false;
    decided = world.timeline().now();
    List<Event> due =
        mind.decide(host.clock(), drained, host.heardSince()).stream()
            .filter(this::isLeftByBug)
            .toList();
    if (standingBy && mind.takesOver(due, host.clock())) {
      world.tell(host.name(), () -> "takes over");
      takeOver();
    } else if (standingBy || due.isEmpty()) {
      host.soon(TURN, this::turn);
    } else if (due.stream().anyMatch(OutcomePublished.class::isInstance)) {
      ends(due).findFirst().ifPresent(this::giveUp);
    } else {
      world.tell(host.name(), () -> "writes " + due.stream().map(Planner::brief).toList());
      pen.commit(due, told -> written(told, due));
    }
  }

  private static Stream<OutcomePublished> ends(List<Event> events) {
    return events.stream()
        .filter(OutcomePublished.class::isInstance)
        .map(OutcomePublished.class::cast);
  }

  /** Fences the attempts at a task before it is decided for good that they are given up. */
  private void giveUp(OutcomePublished end) {
    Pen attempts = new Pen(host, world.log(), end.task().toString());
    attempts.fence(() -> host.ask(reader::ends, ends -> giveUp(end, attempts, ends)));
  }

  private void giveUp(OutcomePublished end, Pen attempts, Map<Subject, Integer> ends) {
    read();
    if (!reader.hasReached(ends)) {
      host.soon(TURN, () -> giveUp(end, attempts, ends));
    } else if (isDue(end)) {
      world.tell(host.name(), () -> "gives up " + brief(end));
      attempts.commit(List.of(end), told -> givenUp(told, end));
    } else {
      turn();
    }
  }

  private boolean isDue(OutcomePublished end) {
    return ends(mind.decide(host.clock(), false, host.heardSince()))
        .anyMatch(due -> due.task().equals(end.task()) && due.attempt() == end.attempt());
  }

  private void givenUp(Pen.Told told, OutcomePublished end) {
    switch (told) {
      case COMMITTED -> {
        hear(end);
        turn();
      }
      case FENCED -> turn();
      case NOTHING -> takeOver();
    }
  }

  private boolean isLeftByBug(Event event) {
    return world.bug() != Bug.NO_REISSUE
        || !(event instanceof TaskReleased released)
        || !words.containsKey(released.task())
        || hasStopped(words.get(released.task()));
  }

  private static boolean hasStopped(AttemptReported word) {
    return word.phase() == Phase.PREEMPTED || word.phase() == Phase.FAILED;
  }

  private static String brief(Event event) {
    return event instanceof Event.OfTask known
        ? known.getClass().getSimpleName() + " " + known.task().digest().brief()
        : event.toString();
  }

  private void written(Pen.Told told, List<Event> due) {
    switch (told) {
      case COMMITTED -> {
        due.forEach(this::hear);
        turn();
      }
      case FENCED -> {
        world.tell(host.name(), () -> "is fenced, and stands by");
        standingBy = true;
        mind.standBy();
        turn();
      }
      case NOTHING -> takeOver();
    }
  }
}
