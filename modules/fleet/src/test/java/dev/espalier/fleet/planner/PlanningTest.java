package dev.espalier.fleet.planner;

import static dev.espalier.fleet.Samples.at;
import static dev.espalier.fleet.Samples.study;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.Samples;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanningTest {
  private static final Study STUDY = study(2, 1L, 2L);
  private static final Study MANY = study(1, seeds(1, 100));

  private final World world = new World();

  @Test
  void whatNeedsNothingIsReleasedFirstAndPruneTasksBeforeEvaluations() {
    world.wish(STUDY, Wish.RUN);

    List<TaskReleased> first = World.releases(world.plan().stream()).toList();

    assertThat(first).isNotEmpty().allMatch(release -> release.content().parents().isEmpty());
    assertThat(first).extracting(release -> TaskKind.of(release.content())).isSorted();
    assertThat(world.planned()).isEmpty();
  }

  @Test
  void aTaskIsReleasedWhenItsLastParentIsDone() {
    world.wish(STUDY, Wish.RUN);
    TaskId parent = world.planned().getFirst();

    world.claim(parent);
    world.complete(parent);

    assertThat(World.releases(world.plan().stream()))
        .isNotEmpty()
        .allMatch(release -> release.content().parents().contains(parent));
  }

  @Test
  void studiesThatShareWorkShareItsTasks() {
    world.wish(study(2, 1L, 2L), Wish.RUN);
    Set<TaskId> first = new HashSet<>(world.planned());
    first.forEach(world::claim);
    world.wish(study(2, 2L, 3L), Wish.RUN);

    List<TaskId> second = world.planned();

    assertThat(second).isNotEmpty().doesNotContainAnyElementsOf(first);
    assertThat(second).anyMatch(tasksOf(study(2, 3L))::contains);
  }

  @Test
  void nothingOfAPausedOrCancelledStudyIsReleased() {
    world.wish(STUDY, Wish.PAUSE);
    List<Event> paused = world.plan();
    world.pass(1);
    world.wish(STUDY, Wish.CANCEL);
    List<Event> cancelled = world.plan();
    world.pass(1);
    world.wish(STUDY, Wish.RUN);

    assertThat(paused).isEmpty();
    assertThat(cancelled).isEmpty();
    assertThat(world.plan()).isNotEmpty();
  }

  @Test
  void whatNobodyWantsAnyMoreIsWithdrawnOnceWhetherItWasBegunOrNot() {
    world.wish(STUDY, Wish.RUN);
    List<TaskId> released = world.planned();
    world.claim(released.getFirst());
    world.pass(1);
    world.wish(STUDY, Wish.PAUSE);

    List<TaskWithdrawn> withdrawn = world.withdrawn();

    assertThat(withdrawn).extracting(TaskWithdrawn::task).hasSameElementsAs(released);
    assertThat(withdrawn).noneMatch(TaskWithdrawn::forGood).doesNotHaveDuplicates();
    world.pass(100);
    assertThat(world.plan()).isEmpty();
  }

  @Test
  void whatIsWantedOnceMoreIsReleasedOnceMore() {
    world.wish(STUDY, Wish.RUN);
    List<TaskId> released = world.planned();
    TaskId begun = released.getFirst();
    world.claim(begun);
    world.wish(STUDY, Wish.PAUSE);
    world.withdrawn();
    world.wish(STUDY, Wish.RUN);

    List<TaskId> again = world.plannedAgain();
    assertThat(again).hasSameElementsAs(released.subList(1, released.size())).doesNotContain(begun);
    world.report(begun, Phase.PREEMPTED, Optional.empty());
    assertThat(world.plannedAgain()).containsExactly(begun);
    assertThat(
            World.releases(world.log.stream()).map(release -> release.task() + "" + release.at()))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatAnotherStudyWantsGoesOnWhenOneIsCancelled() {
    Study other = study(2, 2L);
    world.wish(STUDY, Wish.RUN);
    world.wish(other, Wish.RUN);
    world.plan();
    world.wish(STUDY, Wish.CANCEL);

    List<TaskWithdrawn> withdrawn = world.withdrawn();

    Set<TaskId> wanted =
        TaskGraph.of(other, Samples.NAMING).nodes().stream()
            .map(Node::id)
            .collect(Collectors.toSet());
    assertThat(withdrawn).isNotEmpty().allMatch(TaskWithdrawn::forGood);
    assertThat(withdrawn).extracting(TaskWithdrawn::task).doesNotContainAnyElementsOf(wanted);
  }

  @Test
  void whatIsWithdrawnTakesNoRoom() {
    World narrow =
        new World(new Watch(World.WATCH.lock(), 3, 3, 5, World.WATCH.backOff(), Optional.empty()));
    narrow.wish(STUDY, Wish.RUN);
    assertThat(narrow.planned()).hasSize(3);
    narrow.wish(STUDY, Wish.PAUSE);
    narrow.withdrawn();
    narrow.wish(study(2, 7L), Wish.RUN);

    assertThat(narrow.planned()).hasSize(3);
  }

  @Test
  void aTaskOverWhichWorkerAfterWorkerFallsSilentIsGivenUp() {
    TaskId task = firstTask();
    for (int attempt = 1; attempt < World.WATCH.lives(); attempt++) {
      world.claim(task);
      world.pass(61);
      assertThat(world.plannedAgain()).containsExactly(task);
    }
    world.claim(task);
    world.pass(61);

    assertThat(world.plan())
        .filteredOn(OutcomePublished.class::isInstance)
        .singleElement()
        .extracting(event -> ((OutcomePublished) event).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.WorkersLost.class));
    assertThat(world.isOpen(task)).isFalse();
  }

  @Test
  void aTaskThatGetsOnIsNotGivenUpHoweverManyFallSilent() {
    TaskId task = firstTask();
    for (int attempt = 1; attempt <= 50; attempt++) {
      world.claim(task);
      world.keep(task, Samples.digest("checkpoint " + attempt));
      world.pass(61);
      assertThat(world.plannedAgain()).containsExactly(task);
    }
  }

  @Test
  void aHealthyTaskMayBePreemptedAHundredTimes() {
    TaskId task = firstTask();
    for (int attempt = 1; attempt <= 100; attempt++) {
      world.claim(task);
      world.report(task, Phase.PREEMPTED, Optional.empty());
      assertThat(world.plannedAgain()).containsExactly(task);
    }
    world.claim(task);
    world.complete(task);
    assertThat(world.isOpen(task)).isFalse();
  }

  @Test
  void aPreemptedTaskIsReleasedAtOnceAndOnce() {
    TaskId task = firstTask();
    world.claim(task);
    world.report(task, Phase.PREEMPTED, Optional.empty());

    assertThat(world.plannedAgain()).containsExactly(task);
    assertThat(world.releaseOf(task).after()).isEqualTo(1);
    world.pass(10_000);
    assertThat(world.plannedAgain()).isEmpty();
  }

  @Test
  void whatIsReleasedAgainByAClockThatIsBehindCountsAllTheSame() {
    world.wish(STUDY, Wish.RUN);
    world.pass(10);
    TaskId task = world.planned().getFirst();
    world.pass(-5);
    world.wish(STUDY, Wish.PAUSE);
    world.plan();
    world.wish(STUDY, Wish.RUN);

    assertThat(world.plannedAgain()).contains(task);
    assertThat(world.releaseOf(task).at()).isAfter(at(10));
  }

  @Test
  void anAttemptIsGivenUpAfterTwoLocksOfSilence() {
    TaskId task = firstTask();
    world.claim(task);

    world.pass(60);
    List<TaskId> early = world.plannedAgain();
    world.pass(1);

    assertThat(early).isEmpty();
    assertThat(world.plannedAgain()).containsExactly(task);
  }

  @Test
  void silenceIsCountedFromWhenTheLogIsHeard() {
    TaskId task = firstTask();
    world.claim(task);

    world.pass(600);
    world.hear();
    world.pass(60);
    List<TaskId> early = world.plannedAgain();
    world.pass(1);

    assertThat(early).isEmpty();
    assertThat(world.plannedAgain()).containsExactly(task);
  }

  @Test
  void aHeartbeatKeepsAnAttempt() {
    TaskId task = firstTask();
    world.claim(task);

    world.pass(50);
    world.report(task, Phase.RUNNING, Optional.empty());
    world.pass(50);

    assertThat(world.plannedAgain()).isEmpty();
  }

  @Test
  void aPlannerOnABrokerOfItsOwnGivesUpEarlierAttemptsAtOnce() {
    World alone = new World(Watch.standard(World.WATCH.lock(), Optional.of(at(3))));
    alone.wish(STUDY, Wish.RUN);
    List<TaskId> tasks = alone.planned();
    alone.claim(tasks.getFirst());
    alone.pass(5);
    alone.claim(tasks.get(1));

    assertThat(alone.plannedAgain()).containsExactly(tasks.getFirst());
  }

  @Test
  void aTaskWhoseRecordIsGoneIsReleasedOnceInTwoLocks() {
    TaskId task = firstTask();
    world.pass(61);
    List<TaskId> waiting = world.plannedAgain();
    world.drain();

    List<TaskId> lost = world.plannedAgain();
    world.pass(60);

    assertThat(waiting).isEmpty();
    assertThat(lost).contains(task);
    assertThat(world.plannedAgain()).isEmpty();
  }

  @Test
  void aFailedAttemptIsFollowedByAnotherAfterAGrowingWaitUntilTriesAreUsedUp() {
    TaskId task = firstTask();
    world.claim(task);
    world.fail(task);
    assertThat(world.plannedAgain()).isEmpty();
    world.pass(2);
    assertThat(world.plannedAgain()).containsExactly(task);
    world.claim(task);
    world.fail(task);
    world.pass(4);
    assertThat(world.plannedAgain()).isEmpty();
    world.pass(1);
    assertThat(world.plannedAgain()).containsExactly(task);
    world.claim(task);
    world.fail(task);

    List<OutcomePublished> last =
        world.plan().stream()
            .filter(OutcomePublished.class::isInstance)
            .map(OutcomePublished.class::cast)
            .toList();

    assertThat(last).singleElement().returns(3, OutcomePublished::attempt);
    assertThat(world.isOpen(task)).isFalse();
  }

  @Test
  void whatFailedForGoodIsTriedAgainForANewWishOnly() {
    TaskId task = firstTask();
    world.claim(task);
    world.pass(1);
    world.end(task, new Outcome.Failed(new Failure.Diverged("expected a finite loss")));
    List<TaskId> before = world.plannedAgain();
    world.pass(1);
    world.wish(STUDY, Wish.RUN);

    assertThat(before).isEmpty();
    assertThat(world.plannedAgain()).containsExactly(task);
    assertThat(world.releaseOf(task).after()).isEqualTo(1);
    world.claim(task);
    world.complete(task);
    assertThat(world.planned()).doesNotContain(task);
    assertThat(world.isOpen(task)).isFalse();
  }

  @Test
  void whatIsUnfinishedStaysWithinTheWindow() {
    World narrow =
        new World(new Watch(World.WATCH.lock(), 3, 3, 5, World.WATCH.backOff(), Optional.empty()));
    narrow.wish(STUDY, Wish.RUN);

    List<TaskId> first = narrow.planned();
    narrow.claim(first.getFirst());
    narrow.complete(first.getFirst());

    assertThat(first).hasSize(3);
    assertThat(narrow.planned()).hasSize(1);
  }

  @Test
  void littleIsReleasedAheadOfTheWorkers() {
    world.wish(MANY, Wish.RUN);
    List<TaskId> first = world.planned();
    first.subList(0, 3).forEach(world::claim);

    assertThat(first).hasSize(4);
    assertThat(world.planned()).hasSize(3 + 3);
  }

  @Test
  void aStudyOfManyTasksDoesNotStarveOneOfFew() {
    Study few = study(1, 1_001L, 1_002L);
    world.wish(MANY, Wish.RUN);
    Deque<TaskId> queue = new ArrayDeque<>(world.planned());
    world.wish(few, Wish.RUN);
    Set<TaskId> wanted = tasksOf(few);
    int all = wanted.size();

    int finished = 0;
    while (!wanted.isEmpty()) { // by two workers
      List<TaskId> working = Stream.of(queue.remove(), queue.remove()).toList();
      working.forEach(world::claim);
      queue.addAll(world.planned());
      working.forEach(world::complete);
      queue.addAll(world.planned());
      wanted.removeAll(working);
      finished += working.size();
    }

    int before = 4 + 2 + 2; // what may be ahead of it when it comes
    assertThat(finished).isLessThanOrEqualTo(before + 3 * all);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void studiesThatHaveSomethingToReleaseHaveAlikeManyTasksUnderWay(long seed) {
    Random random = new Random(seed);
    List<Study> studies = List.of(MANY, study(1, seeds(2_000, 100)), study(1, seeds(3_000, 100)));
    studies.forEach(study -> world.wish(study, Wish.RUN));
    List<TaskId> open = new ArrayList<>();
    for (int turn = 0; turn < 100; turn++) {
      open.addAll(world.planned());
      TaskId task = open.remove(random.nextInt(Math.min(open.size(), 8)));
      world.claim(task);
      world.complete(task);
    }
    open.addAll(world.planned());

    List<Long> underWay =
        studies.stream()
            .map(PlanningTest::tasksOf)
            .map(tasks -> open.stream().filter(tasks::contains).count())
            .sorted()
            .toList();
    assertThat(underWay.getLast() - underWay.getFirst()).as("seed %d", seed).isLessThanOrEqualTo(8);
  }

  @Test
  void whatIsUrgentComesFirstAndTheOthersHaveTheRestOfTheRoom() {
    Study urgent = study(1, 1_001L);
    world.wish(MANY, Wish.PAUSE);
    world.happened(
        new StudyWished(
            world.now(),
            Samples.NAMING.nameOf(urgent),
            "urgent",
            urgent,
            Wish.RUN,
            Optional.of(Priority.URGENT),
            Optional.empty()));
    world.pass(1);
    world.wish(MANY, Wish.RUN);

    Set<TaskId> wanted = tasksOf(urgent);
    List<TaskId> first = world.planned();
    List<TaskId> ready = first.stream().filter(wanted::contains).toList();

    assertThat(first).hasSize(4).startsWith(ready.toArray(TaskId[]::new));
    assertThat(ready).isNotEmpty();
    ready.forEach(world::claim);
    ready.forEach(world::complete);
    assertThat(wanted).contains(world.planned().getFirst());
  }

  @Test
  void whatTwoStudiesWantIsReleasedInTheTurnOfEither() {
    Study few = study(1, 90L); // one of the last of the many
    world.wish(MANY, Wish.RUN);
    world.wish(few, Wish.RUN);

    assertThat(world.planned()).hasSize(4).containsAnyElementsOf(tasksOf(few));
  }

  private static Long[] seeds(long first, int count) {
    return LongStream.range(first, first + count).boxed().toArray(Long[]::new);
  }

  private static Set<TaskId> tasksOf(Study study) {
    return TaskGraph.of(study, Samples.NAMING).nodes().stream()
        .map(Node::id)
        .collect(Collectors.toSet());
  }

  @Test
  void fewEvaluationsWaitAtATime() {
    world.wish(study(1, 1L), Wish.RUN);
    List<TaskId> prune = world.planned().stream().filter(this::isPrune).toList();
    prune.forEach(world::claim);
    prune.forEach(world::complete);

    List<TaskId> evaluations = world.planned();
    evaluations.forEach(world::claim);

    assertThat(evaluations).isNotEmpty().hasSizeLessThanOrEqualTo(4).noneMatch(this::isPrune);
    assertThat(world.planned()).isNotEmpty();
  }

  private boolean isPrune(TaskId task) {
    return TaskKind.of(world.releaseOf(task).content()) == TaskKind.PRUNE;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverHappensEveryTaskIsCompletedAndNeverBeforeItsParents(long seed) {
    Random random = new Random(seed);
    world.wish(study(2, 1L, 2L), Wish.RUN);
    world.wish(study(3, 2L, 3L), Wish.RUN);
    Set<TaskId> completed = new HashSet<>();
    List<TaskId> working = new ArrayList<>();

    for (int turn = 0; completed.size() < expected().size() && turn < 10_000; turn++) {
      for (TaskReleased release : World.releases(world.plan().stream()).toList()) {
        assertThat(completed).as("seed %d", seed).containsAll(release.content().parents());
        assertThat(completed).doesNotContain(release.task());
        working.add(release.task());
      }
      Collections.shuffle(working, random);
      something(random, working.removeLast(), completed);
      world.pass(working.isEmpty() ? 61 : random.nextInt(3));
    }

    assertThat(completed).as("seed %d", seed).isEqualTo(expected());
    assertThat(world.planned()).isEmpty();
  }

  private void something(Random random, TaskId task, Set<TaskId> completed) {
    world.claim(task);
    switch (random.nextInt(4)) {
      case 0 -> world.report(task, Phase.PREEMPTED, Optional.empty());
      case 1 -> world.keep(task, Samples.digest("at " + world.now())); // and never again
      default -> {
        world.complete(task);
        completed.add(task);
      }
    }
  }

  private static Set<TaskId> expected() {
    Set<TaskId> tasks = new HashSet<>();
    for (Study study : List.of(study(2, 1L, 2L), study(3, 2L, 3L))) {
      TaskGraph.of(study, Samples.NAMING).nodes().stream().map(Node::id).forEach(tasks::add);
    }
    return tasks;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRestartedPlannerKnowsTheSameWhateverTheOrderOfTopics(long seed) {
    Random random = new Random(seed);
    world.wish(STUDY, Wish.RUN);
    for (int turn = 0; turn < 20; turn++) {
      List<TaskId> released = world.planned();
      released.forEach(task -> something(random, task, new HashSet<>()));
      world.pass(10);
    }
    List<Event> due =
        new Planning(World.WATCH).decide(heard(world.log), world.now(), false, Instant.MIN);

    List<List<Event>> topics = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      topics.add(new ArrayList<>());
    }
    world.log.forEach(event -> topics.get(topicOf(event)).add(event));
    Collections.shuffle(topics, random);
    List<Event> shuffled = topics.stream().flatMap(List::stream).toList();
    List<Event> twice = new ArrayList<>(shuffled);
    twice.addAll(shuffled);

    assertThat(new Planning(World.WATCH).decide(heard(twice), world.now(), false, Instant.MIN))
        .as("seed %d", seed)
        .isEqualTo(due);
  }

  private static int topicOf(Event event) {
    return switch (event) {
      case Event.StudyWished wished -> 0;
      case Event.BudgetSpent spent -> 0;
      case TaskReleased released -> 1;
      case Event.AttemptReported reported -> 2;
      case Event.TaskWithdrawn withdrawn -> 2;
      case OutcomePublished ended -> 3;
      case Event.MaskPublished mask -> 4;
      case Event.MetricSampled _, Event.AttemptLogged _ -> 4;
    };
  }

  private static Ledger heard(List<Event> events) {
    Ledger ledger = new Ledger(Samples.NAMING);
    events.forEach(ledger::hear);
    return ledger;
  }

  private TaskId firstTask() {
    world.wish(STUDY, Wish.RUN);
    return world.planned().getFirst();
  }
}
