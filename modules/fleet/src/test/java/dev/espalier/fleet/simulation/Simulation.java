package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A whole fleet in one thread and in virtual time: what it decides is decided by the real parts,
 * what it reads and writes is a model. The same schedule always runs alike.
 */
final class Simulation {
  /** How long a worker may hold a task without a word. */
  static final Duration LOCK = Duration.ofSeconds(30);

  /** How long after the last fault everything is to be completed. */
  private static final long PATIENCE = Duration.ofHours(2).toMillis();

  /** How long things may go on once everything is completed. */
  private static final long AFTERMATH = Duration.ofSeconds(90).toMillis();

  private static final long ASKED_AGAIN = Duration.ofMinutes(1).toMillis();
  private static final long RESTART = 20_000;

  private final Schedule schedule;
  private final World world;
  private final List<Host> workerHosts = new ArrayList<>();
  private final List<Host> plannerHosts = new ArrayList<>();
  private final List<Host> aggregatorHosts = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Aggregator> aggregators = new ArrayList<>();
  private boolean bounded = true;
  private final Deque<StudyWished> wished = new ArrayDeque<>();
  private int wishes;

  /**
   * How a simulation ended.
   *
   * @param broken the invariant that did not hold, if any
   * @param steps how many steps were taken
   * @param claims how many attempts there were
   * @param completed how many tasks were completed
   * @param spent how many budgets were spent
   */
  record Ending(Optional<Broken> broken, long steps, int claims, int completed, int spent) {
    /** Whether this is what broke. */
    boolean broke(Invariant invariant) {
      return broken.filter(thrown -> thrown.invariant() == invariant).isPresent();
    }
  }

  private Simulation(Schedule schedule, World world) {
    this.schedule = schedule;
    this.world = world;
  }

  /** Runs {@code schedule} to its end, or until an invariant does not hold. */
  static Ending run(Schedule schedule, Catalogue catalogue, Bug bug, World.Trace trace) {
    return new Simulation(schedule, World.of(schedule, catalogue, bug, trace)).run();
  }

  /** The moment {@code at} ms after the beginning. */
  static Instant instant(long at) {
    return Samples.START.plusMillis(at);
  }

  private Ending run() {
    Optional<Broken> broken = Optional.empty();
    try {
      prepare();
      settle();
      bounded = false;
      runAll();
      long end = completed();
      proceed(end + AFTERMATH);
      aggregators.forEach(Aggregator::compare);
    } catch (Broken thrown) {
      broken = Optional.of(thrown);
    }
    Truth truth = world.truth();
    return new Ending(
        broken,
        world.timeline().count(),
        truth.claims(),
        truth.completed(),
        truth.accounts().spent());
  }

  private void prepare() {
    Schedule.Size size = schedule.size();
    for (int i = 0; i < size.planners(); i++) {
      Host host = host("planner-" + i, plannerHosts);
      Planner planner = new Planner(world, host);
      host.start(planner::begin);
    }
    for (int i = 0; i < size.workers(); i++) {
      Host host = host("worker-" + i, workerHosts);
      Worker worker = new Worker(world, host);
      workers.add(worker);
      host.start(worker::begin);
    }
    for (int i = 0; i < size.aggregators(); i++) {
      Host host = host("aggregator-" + i, aggregatorHosts);
      Aggregator aggregator = new Aggregator(world, host);
      aggregators.add(aggregator);
      host.start(aggregator::begin);
    }
    planWishes();
    schedule.faults().forEach(fault -> world.timeline().at(fault.at(), () -> apply(fault)));
    world.timeline().at(schedule.calm(), this::calmDown);
  }

  private Host host(String name, List<Host> hosts) {
    Host host = new Host(name, world.timeline(), world.log(), schedule.seed());
    hosts.add(host);
    return host;
  }

  /** Studies come one after the other while things go wrong. */
  private void planWishes() {
    List<Study> studies = world.catalogue().studies();
    for (int i = 0; i < studies.size(); i++) {
      Study study = studies.get(i);
      long at = schedule.calm() * i / (studies.size() + 1);
      world.timeline().at(at, () -> wish(study, Wish.RUN));
    }
  }

  private void wish(Study study, Wish wish) {
    // Who wishes again waits until the wish before was taken.
    wished.add(wished(study, wish));
    world.log().arrive(1, () -> world.log().append(wished.removeFirst()));
  }

  /** No two wishes are made at the same moment. */
  private StudyWished wished(Study study, Wish wish) {
    wishes++;
    Instant at = instant(world.timeline().now()).plusNanos(wishes);
    Optional<Budget> budget =
        bounded && wish == Wish.RUN
            ? Means.drawn(schedule.seed(), world.catalogue().studies().indexOf(study), wishes)
            : Optional.empty();
    return new StudyWished(
        at,
        world.catalogue().naming().nameOf(study),
        "a study",
        study,
        wish,
        Optional.empty(),
        budget.map(most -> most.from(at)));
  }

  private void apply(Fault fault) {
    world.tell("fault", fault::toString);
    switch (fault.kind()) {
      case STALL -> of(workerHosts, fault).stall(fault.time(4 * LOCK.toMillis()));
      case STALL_PLANNER -> of(plannerHosts, fault).stall(fault.time(4 * LOCK.toMillis()));
      case STALL_AGGREGATOR -> of(aggregatorHosts, fault).stall(fault.time(4 * LOCK.toMillis()));
      case KILL -> of(workers, fault).die(fault.time(RESTART));
      case KILL_PLANNER -> of(plannerHosts, fault).die(fault.time(RESTART));
      case KILL_AGGREGATOR -> of(aggregatorHosts, fault).die(fault.time(RESTART));
      case DRAIN -> of(workers, fault).drain();
      case FAIL -> of(workers, fault).fail();
      case LATE_WORD -> of(workerHosts, fault).delayWords(fault.time(LOCK.toMillis()));
      case WORD_TWICE -> of(workerHosts, fault).sayTwice();
      case LOSE_ANSWER -> of(workerHosts, fault).lose(Host.Loss.OF_ANSWER);
      case LOSE_REQUEST -> of(workerHosts, fault).lose(Host.Loss.OF_REQUEST);
      case LOSE_PLANNERS_ANSWER -> of(plannerHosts, fault).lose(Host.Loss.OF_ANSWER);
      case LOSE_PLANNERS_REQUEST -> of(plannerHosts, fault).lose(Host.Loss.OF_REQUEST);
      case ABORT -> world.log().abortOpen();
      case SLOW_MARKERS -> world.log().slowMarkers(fault.time(RESTART));
      case WORKER_LAGS -> of(workerHosts, fault).lag(fault.time(LOCK.toMillis()));
      case PLANNER_LAGS -> of(plannerHosts, fault).lag(fault.time(LOCK.toMillis()));
      case CUT_OFF -> of(workerHosts, fault).cutOff(fault.time(4 * LOCK.toMillis()));
      case CUT_OFF_PLANNER -> of(plannerHosts, fault).cutOff(fault.time(4 * LOCK.toMillis()));
      case BROKER_RESTARTS -> restartBroker(fault.time(4 * LOCK.toMillis()));
      case LEADER_CHANGES -> world.group().forget();
      case LOCK_ENDS -> world.group().expireOne(fault.target());
      case SKEW -> of(workerHosts, fault).skew(skew(fault));
      case SKEW_PLANNER -> of(plannerHosts, fault).skew(skew(fault));
      case COMPACT -> world.log().compact();
      case PAUSE -> pause(of(world.catalogue().studies(), fault), fault);
    }
  }

  private static <T> T of(List<T> all, Fault fault) {
    return all.get(fault.target() % all.size());
  }

  private static Duration skew(Fault fault) {
    return Duration.ofMillis(Math.round((2 * fault.amount() - 1) * Host.MOST_SKEW.toMillis()));
  }

  private void restartBroker(long duration) {
    world.log().goDown(duration);
    world.group().forget();
  }

  private void pause(Study study, Fault fault) {
    wish(study, fault.target() % 2 == 0 ? Wish.PAUSE : Wish.CANCEL);
    world.timeline().after(fault.time(2 * LOCK.toMillis()), () -> wish(study, Wish.RUN));
  }

  /** Nothing more goes wrong, and what has failed for good is wished for again until it is done. */
  private void calmDown() {
    world.tell("faults", () -> "stop");
    workerHosts.forEach(Host::recover);
    plannerHosts.forEach(Host::recover);
    aggregatorHosts.forEach(Host::recover);
    runAll();
    world.timeline().after(ASKED_AGAIN, this::askAgain);
  }

  private void runAll() {
    world.catalogue().studies().forEach(study -> wish(study, Wish.RUN));
  }

  private void askAgain() {
    boolean failed = world.catalogue().works().stream().anyMatch(this::isFailed);
    if (failed) {
      runAll();
    }
    world.timeline().after(ASKED_AGAIN, this::askAgain);
  }

  private boolean isFailed(Catalogue.Work work) {
    return world.truth().isFailed(work.id());
  }

  /** Goes on until nothing goes wrong any more and every study is completed or out of budget. */
  private void settle() {
    Timeline timeline = world.timeline();
    while (timeline.now() < schedule.calm() || !isSettled()) {
      if (!timeline.step(schedule.calm() + PATIENCE)) {
        throw new Broken(Invariant.EVERY_STUDY_ENDS, "not completed: " + missing());
      }
    }
  }

  private boolean isSettled() {
    Accounts accounts = world.truth().accounts();
    return world.catalogue().studies().stream()
        .map(world.catalogue().naming()::nameOf)
        .allMatch(study -> accounts.isSettled(study, instant(schedule.calm())));
  }

  /** Goes on until everything is completed; says when that was. */
  private long completed() {
    int tasks = world.catalogue().works().size();
    Timeline timeline = world.timeline();
    long end = timeline.now() + PATIENCE;
    while (world.truth().completed() < tasks) {
      if (!timeline.step(end)) {
        throw new Broken(Invariant.NOTHING_LOST, "not completed: " + missing());
      }
    }
    return timeline.now();
  }

  private List<String> missing() {
    return world.catalogue().works().stream()
        .filter(work -> !world.truth().isCompleted(work.id()))
        .map(work -> work.id().digest().brief())
        .toList();
  }

  private void proceed(long end) {
    while (world.timeline().step(end)) {
      // Each step checks what it changes.
    }
  }
}
