package dev.espalier.fleet.planner;

import static dev.espalier.fleet.Samples.at;
import static dev.espalier.fleet.Samples.study;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Budget.Limit;
import dev.espalier.domain.event.Deadline;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetsTest {
  private static final Study STUDY = study(2, 1L, 2L);
  private static final Study ALIKE = study(2, 2L, 3L); // shares the tasks of seed 2
  private static final Duration COST = Duration.ofSeconds(2); // of each completed task

  private final World world = new World();

  @Test
  void atItsDeadlineAStudyEndsOnceAndWhatItAloneWantsIsTakenBack() {
    world.wish(STUDY, within(Duration.ofSeconds(100)));
    List<TaskId> released = new ArrayList<>(world.planned());
    world.claim(released.getFirst());
    released.addAll(world.planned());
    world.pass(99);
    world.work(released.getFirst(), Duration.ofSeconds(99));
    assertThat(world.plan()).isEmpty();
    world.pass(1);

    List<Event> ended = world.plan();

    assertThat(spent(ended)).containsExactly(Limit.DEADLINE);
    assertThat(withdrawn(ended)).hasSameElementsAs(released).doesNotHaveDuplicates();
    world.report(released.getFirst(), Phase.PREEMPTED, Optional.empty());
    world.pass(1_000);
    assertThat(world.plan()).isEmpty();
  }

  @Test
  void checkpointsOfAStudyWhoseBudgetIsSpentAreKept() {
    world.wish(STUDY, within(Duration.ofSeconds(1)));
    world.planned();
    world.pass(1);

    assertThat(world.withdrawn()).isNotEmpty().noneMatch(TaskWithdrawn::forGood);
  }

  @Test
  void workerSecondsAreThoseOfAllAttemptsAndTasks() {
    world.wish(STUDY, new Budget(Optional.empty(), seconds(60), OptionalInt.empty()));
    List<TaskId> released = world.planned();
    TaskId one = released.get(0);
    TaskId other = released.get(1);
    world.claim(one);
    world.work(one, Duration.ofSeconds(40));
    world.fail(one);
    world.work(one, Duration.ofSeconds(40));
    world.claim(other);
    world.work(other, Duration.ofMillis(17_999));
    assertThat(spent(world.plan())).isEmpty();
    world.work(other, Duration.ofSeconds(20));

    assertThat(spent(world.plan())).containsExactly(Limit.WORKER_SECONDS);
  }

  @Test
  void whatIsDoneBeforeAHeartbeatCountsByItsCost() {
    world.wish(STUDY, new Budget(Optional.empty(), Optional.of(COST), OptionalInt.empty()));
    TaskId task = world.planned().getFirst();
    world.claim(task);
    assertThat(spent(world.plan())).isEmpty();
    world.complete(task);

    assertThat(spent(world.plan())).containsExactly(Limit.WORKER_SECONDS);
  }

  @Test
  void aStudyOfSoManyTasksBeginsNoMoreAndEndsWhenTheyHaveEnded() {
    world.wish(STUDY, tasks(3));
    List<TaskId> released = world.planned();
    released.forEach(world::claim);
    released.subList(1, 3).forEach(world::complete);
    List<Event> early = world.plan();
    world.report(released.getFirst(), Phase.PREEMPTED, Optional.empty());
    List<TaskId> again = world.plannedAgain();
    world.claim(released.getFirst());
    world.complete(released.getFirst());

    List<Event> ended = world.plan();

    assertThat(released).hasSize(3);
    assertThat(early).isEmpty();
    assertThat(again).containsExactly(released.getFirst());
    assertThat(spent(ended)).containsExactly(Limit.TASKS);
    assertThat(ended).hasSize(1);
  }

  @Test
  void whatAnotherStudyWantsGoesOn() {
    world.wish(STUDY, within(Duration.ofSeconds(10)));
    world.wish(ALIKE, Wish.RUN);
    Set<TaskId> released = new HashSet<>(world.planned());
    world.pass(10);

    List<Event> ended = world.plan();

    Set<TaskId> alike = tasksOf(ALIKE);
    assertThat(spent(ended)).containsExactly(Limit.DEADLINE);
    assertThat(withdrawn(ended)).isNotEmpty().doesNotContainAnyElementsOf(alike);
    released.stream().filter(alike::contains).forEach(world::claim);
    released.stream().filter(alike::contains).forEach(world::complete);
    assertThat(finish(ALIKE)).containsAll(alike);
  }

  @Test
  void whatWasPlannedForAStudyThatEndedIsPlannedAgainForOneThatRuns() {
    world.wish(STUDY, Wish.RUN);
    world.wish(ALIKE, within(Duration.ofSeconds(10)));
    TaskId shared =
        world.planned().stream()
            .filter(tasksOf(STUDY)::contains)
            .filter(task -> isPlannedFor(ALIKE, task))
            .findFirst()
            .orElseThrow();
    world.claim(shared);
    world.pass(10);
    world.plan();
    world.report(shared, Phase.PREEMPTED, Optional.empty());
    world.plan();

    assertThat(isPlannedFor(STUDY, shared)).isTrue();
  }

  private boolean isPlannedFor(Study study, TaskId task) {
    return world.releaseOf(task).study().equals(Samples.NAMING.nameOf(study));
  }

  @Test
  void submittedAgainWithMoreAStudyGoesOn() {
    world.wish(STUDY, tasks(2));
    List<TaskId> first = world.planned();
    first.forEach(world::claim);
    first.forEach(world::complete);
    assertThat(spent(world.plan())).containsExactly(Limit.TASKS);
    world.pass(1);
    world.wish(STUDY, tasks(2));
    assertThat(spent(world.plan())).as("the same budget is spent").containsExactly(Limit.TASKS);
    world.pass(1);
    world.wish(STUDY, tasks(5));

    assertThat(world.planned()).hasSize(3).doesNotContainAnyElementsOf(first);
    world.pass(1);
    world.wish(STUDY, Wish.RUN);
    assertThat(finish(STUDY)).containsAll(tasksOf(STUDY));
  }

  @Test
  void aDeadlineStaysWhereItIsWhileAStudyIsPaused() {
    world.wish(STUDY, within(Duration.ofSeconds(100)));
    Event.StudyWished wished = (Event.StudyWished) world.log.getFirst();
    world.pass(90);
    world.happened(wished.then(world.now(), Wish.PAUSE));
    world.pass(5);
    world.happened(wished.then(world.now(), Wish.PAUSE).then(world.now(), Wish.RUN));
    assertThat(spent(world.plan())).isEmpty();
    world.pass(5);

    assertThat(spent(world.plan())).containsExactly(Limit.DEADLINE);
  }

  @Test
  void aStudyWithNothingLeftToDoDoesNotEndOnceMore() {
    Study small = study(1, 1L);
    world.wish(small, within(Duration.ofSeconds(100)));
    finish(small);
    world.pass(100);
    Study failing = study(1, 7L);
    world.wish(failing, within(Duration.ofSeconds(100)));
    List<TaskId> roots = world.planned();
    roots.forEach(world::claim);
    world.pass(1);
    roots.forEach(
        task -> world.end(task, new Outcome.Failed(new Failure.Diverged("expected a number"))));
    world.pass(100);

    assertThat(world.plan()).isEmpty();
  }

  @Test
  void whatWasKnownBeforeCostsNothing() {
    world.wish(STUDY, Wish.RUN);
    finish(STUDY);
    world.pass(1);
    world.wish(ALIKE, tasks(2));

    assertThat(world.planned()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverHappensNoMoreIsBegunThanABudgetAllowsAndEveryBudgetedStudyEnds(long seed) {
    Random random = new Random(seed);
    int most = 1 + random.nextInt(8);
    world.wish(STUDY, tasks(most));
    world.wish(ALIKE, new Budget(Optional.empty(), seconds(20), OptionalInt.empty()));
    List<TaskId> working = new ArrayList<>();
    List<Limit> ends = new ArrayList<>();
    for (int turn = 0; turn < 200; turn++) {
      List<Event> decided = world.plan();
      World.releases(decided.stream()).map(TaskReleased::task).forEach(working::add);
      working.removeAll(withdrawn(decided));
      ends.addAll(spent(decided));
      if (!working.isEmpty()) {
        something(random, working.remove(random.nextInt(working.size())));
      }
      world.pass(working.isEmpty() ? 61 : random.nextInt(3));
    }

    long begun =
        World.releases(world.log.stream())
            .map(TaskReleased::task)
            .distinct()
            .filter(task -> isPlannedFor(STUDY, task))
            .count();
    assertThat(begun).as("seed %d", seed).isLessThanOrEqualTo(most);
    assertThat(ends).as("seed %d", seed).hasSize(2).doesNotHaveDuplicates();
  }

  private void something(Random random, TaskId task) {
    world.claim(task);
    switch (random.nextInt(4)) {
      case 0 -> world.report(task, Phase.PREEMPTED, Optional.empty());
      case 1 -> world.keep(task, Samples.digest("at " + world.now())); // and never again
      default -> world.complete(task);
    }
  }

  /** Completes what is released until nothing is; gives all that was ever completed. */
  private Set<TaskId> finish(Study study) {
    Set<TaskId> wanted = tasksOf(study);
    Set<TaskId> done = new HashSet<>();
    List<TaskId> open = new ArrayList<>();
    world.log.stream()
        .filter(Event.OutcomePublished.class::isInstance)
        .map(Event.OutcomePublished.class::cast)
        .forEach(ended -> done.add(ended.task()));
    wanted.stream().filter(world::isOpen).filter(this::isReleased).forEach(open::add);
    for (open.addAll(world.planned()); !open.isEmpty(); open.addAll(world.planned())) {
      TaskId task = open.removeLast();
      if (done.add(task)) {
        world.claim(task);
        world.complete(task);
      }
    }
    return done;
  }

  private boolean isReleased(TaskId task) {
    return World.releases(world.log.stream()).anyMatch(release -> release.task().equals(task));
  }

  private Budget within(Duration time) {
    return new Budget(Optional.of(new Deadline.After(time)), Optional.empty(), OptionalInt.empty())
        .from(at(0).plus(Duration.between(at(0), world.now())));
  }

  private static Budget tasks(int most) {
    return new Budget(Optional.empty(), Optional.empty(), OptionalInt.of(most));
  }

  private static Optional<Duration> seconds(long count) {
    return Optional.of(Duration.ofSeconds(count));
  }

  private static List<Limit> spent(List<Event> events) {
    return events.stream()
        .filter(BudgetSpent.class::isInstance)
        .map(event -> ((BudgetSpent) event).limit())
        .toList();
  }

  private static List<TaskId> withdrawn(List<Event> events) {
    return events.stream()
        .filter(TaskWithdrawn.class::isInstance)
        .map(event -> ((TaskWithdrawn) event).task())
        .toList();
  }

  private static Set<TaskId> tasksOf(Study study) {
    return TaskGraph.of(study, Samples.NAMING).nodes().stream()
        .map(Node::id)
        .collect(Collectors.toSet());
  }
}
