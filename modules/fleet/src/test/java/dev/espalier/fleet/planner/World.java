package dev.espalier.fleet.planner;

import static dev.espalier.fleet.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A log, a clock and a planner, moved by tests. */
final class World {
  static final Watch WATCH =
      new Watch(Duration.ofSeconds(30), 1_000, 3, 5, Duration.ofSeconds(1), Optional.empty());

  final List<Event> log = new ArrayList<>();
  final Map<TaskId, Integer> attempts = new LinkedHashMap<>();
  private final Planning planning;
  private final Ledger ledger = new Ledger(Samples.NAMING);
  private final Releases releases = new Releases(ledger);
  private Instant heardSince = Instant.MIN;
  private boolean drained;
  private long now;

  World(Watch watch) {
    planning = new Planning(watch);
  }

  World() {
    this(WATCH);
  }

  Instant now() {
    return at(now);
  }

  void pass(long seconds) {
    now += seconds;
  }

  /** The log answers again. */
  void hear() {
    heardSince = now();
  }

  void drain() {
    drained = true;
  }

  void happened(Event event) {
    ledger.hear(event);
    if (event instanceof TaskReleased released) {
      releases.hear(released, log.size());
    }
    log.add(event);
  }

  /** The place in the log below which no release matters any more. */
  int over() {
    return Math.toIntExact(releases.over());
  }

  /** The place in the log of the newest release of {@code task}. */
  int placeOf(TaskId task) {
    return log.lastIndexOf(releaseOf(task));
  }

  /** What is left of the log once it has forgotten every release that is over. */
  List<Event> remembered() {
    return IntStream.range(0, log.size())
        .filter(place -> place >= over() || !(log.get(place) instanceof TaskReleased))
        .mapToObj(log::get)
        .toList();
  }

  void wish(Study study, Wish wish) {
    happened(new StudyWished(now(), Samples.NAMING.nameOf(study), "a study", study, wish));
  }

  /** A wish for a study that may take so much. */
  void wish(Study study, Budget budget) {
    happened(
        new StudyWished(
            now(),
            Samples.NAMING.nameOf(study),
            "a study",
            study,
            Wish.RUN,
            Optional.empty(),
            Optional.of(budget)));
  }

  /**
   * Lets the planner decide, and checks that it has nothing to add to its own decision, but that a
   * budget is spent and what follows from that.
   */
  List<Event> plan() {
    List<Event> decided = new ArrayList<>(decide());
    for (List<Event> more = decide(); !more.isEmpty(); more = decide()) {
      decided.addAll(more);
      assertThat(decided).hasAtLeastOneElementOfType(BudgetSpent.class);
    }
    return decided;
  }

  private List<Event> decide() {
    List<Event> decided = planning.decide(ledger, now(), drained, heardSince);
    decided.forEach(this::happened);
    return decided;
  }

  /** Lets the planner decide, and gives what it took back. */
  List<TaskWithdrawn> withdrawn() {
    return plan().stream()
        .filter(TaskWithdrawn.class::isInstance)
        .map(TaskWithdrawn.class::cast)
        .toList();
  }

  List<TaskId> planned() {
    return releases(plan().stream()).map(TaskReleased::task).toList();
  }

  /** Lets the planner decide, and gives the tasks that it released not for the first time. */
  List<TaskId> plannedAgain() {
    Set<TaskId> before = releases(log.stream()).map(TaskReleased::task).collect(Collectors.toSet());
    return planned().stream().filter(before::contains).toList();
  }

  static Stream<TaskReleased> releases(Stream<Event> events) {
    return events.filter(TaskReleased.class::isInstance).map(TaskReleased.class::cast);
  }

  void claim(TaskId task) {
    attempts.merge(task, 1, Integer::sum);
    report(task, Phase.CLAIMED, Optional.empty());
  }

  void report(TaskId task, Phase phase, Optional<Failure> failure) {
    report(task, phase, failure, Optional.empty());
  }

  /** A heartbeat of somebody who has been at the task for so long. */
  void work(TaskId task, Duration time) {
    happened(
        new AttemptReported(
            now(),
            releaseOf(task).study(),
            task,
            attempts.getOrDefault(task, 0),
            "worker",
            Phase.RUNNING,
            Progress.NONE,
            Optional.empty(),
            Optional.empty(),
            time));
  }

  /** A heartbeat that names a checkpoint. */
  void keep(TaskId task, Digest checkpoint) {
    report(task, Phase.RUNNING, Optional.empty(), Optional.of(checkpoint));
  }

  private void report(
      TaskId task, Phase phase, Optional<Failure> failure, Optional<Digest> checkpoint) {
    happened(
        new AttemptReported(
            now(),
            releaseOf(task).study(),
            task,
            attempts.getOrDefault(task, 0),
            "worker",
            phase,
            Progress.NONE,
            checkpoint,
            failure));
  }

  void fail(TaskId task) {
    report(task, Phase.FAILED, Optional.of(new Failure.DataMissing("expected data")));
  }

  void complete(TaskId task) {
    end(task, Samples.completed(releaseOf(task).content()));
  }

  void end(TaskId task, Outcome outcome) {
    happened(
        new OutcomePublished(
            now(),
            releaseOf(task).study(),
            task,
            attempts.getOrDefault(task, 0),
            "worker",
            outcome));
  }

  TaskReleased releaseOf(TaskId task) {
    return releases(log.stream())
        .filter(release -> release.task().equals(task))
        .reduce((older, newer) -> newer)
        .orElseThrow();
  }

  boolean isOpen(TaskId task) {
    return Stream.concat(
            ledger.released().stream(),
            ledger.unreleased().values().stream().flatMap(Collection::stream))
        .anyMatch(entry -> entry.id().equals(task));
  }
}
