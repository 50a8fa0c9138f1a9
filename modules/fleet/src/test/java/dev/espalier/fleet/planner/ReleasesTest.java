package dev.espalier.fleet.planner;

import static dev.espalier.fleet.Samples.study;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasesTest {
  private static final Study STUDY = study(2, 1L, 2L);

  private final World world = new World();

  @Test
  void aReleaseMattersUntilItsTaskHasEnded() {
    List<TaskId> tasks = begin();

    assertThat(world.over()).isEqualTo(world.placeOf(tasks.get(0)));
    world.complete(tasks.get(1));
    assertThat(world.over()).as("the first is unfinished").isEqualTo(world.placeOf(tasks.get(0)));
    world.complete(tasks.get(0));
    assertThat(world.over()).isEqualTo(world.placeOf(tasks.get(2)));
    tasks.subList(2, tasks.size()).forEach(world::complete);
    assertThat(world.over()).isEqualTo(1 + world.placeOf(tasks.getLast()));
  }

  @Test
  void anAnswerMakesTheReleaseBeforeItNeedless() {
    List<TaskId> tasks = begin();
    tasks.subList(1, tasks.size()).forEach(world::complete);
    int first = world.placeOf(tasks.getFirst());
    world.report(tasks.getFirst(), Phase.PREEMPTED, Optional.empty());

    assertThat(world.over()).as("not answered yet").isEqualTo(first);
    world.plan();
    assertThat(world.over())
        .isGreaterThan(first)
        .isLessThanOrEqualTo(world.placeOf(tasks.getFirst()));
  }

  @Test
  void whatIsTakenBackForGoodMattersUntilNobodyWorksOnIt() {
    List<TaskId> tasks = begin();
    int first = world.placeOf(tasks.getFirst());
    world.wish(STUDY, Wish.PAUSE);
    world.plan();
    tasks.forEach(task -> world.report(task, Phase.PREEMPTED, Optional.empty()));

    assertThat(world.over()).as("paused").isEqualTo(first);
    world.pass(1);
    world.wish(STUDY, Wish.RUN);
    world.plan();
    tasks.forEach(world::claim);
    world.wish(STUDY, Wish.CANCEL);
    world.plan();
    int again = world.placeOf(tasks.getFirst());
    assertThat(world.over()).as("cancelled, and worked on").isEqualTo(again);
    tasks.forEach(task -> world.report(task, Phase.PREEMPTED, Optional.empty()));
    assertThat(world.over()).isGreaterThan(world.placeOf(tasks.getLast()));
  }

  @Test
  void whatIsWantedAgainIsReleasedLaterThanAReleaseThatWasForgotten() {
    world.wish(STUDY, Wish.RUN);
    world.plan();
    Instant first = world.now();
    world.wish(STUDY, Wish.CANCEL);
    world.withdrawn();
    List<Event> log = world.remembered();
    world.wish(STUDY, Wish.RUN);

    Ledger ledger = heard(log);
    ledger.hear(world.log.getLast());
    List<Event> due = new Planning(World.WATCH).decide(ledger, first, false, Instant.MIN);

    assertThat(World.releases(due.stream())).isNotEmpty().allMatch(any -> any.at().isAfter(first));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoNeverHeardWhatIsOverDecidesAlike(long seed) {
    Random random = new Random(seed);
    boolean forgot = false;
    for (int turn = 0; turn < 40; turn++) {
      world.wish(STUDY, random.nextInt(4) == 0 ? Wish.PAUSE : Wish.RUN);
      for (TaskId task : world.planned()) {
        something(random, task);
      }
      world.pass(random.nextInt(40));
      forgot |= world.remembered().size() < world.log.size();
      assertThat(due(world.remembered())).as("seed %d", seed).isEqualTo(due(world.log));
    }
    assertThat(forgot).isTrue();
  }

  private void something(Random random, TaskId task) {
    world.claim(task);
    switch (random.nextInt(6)) {
      case 0 -> world.report(task, Phase.PREEMPTED, Optional.empty());
      case 1 -> world.fail(task);
      case 2 -> {} // it falls silent
      default -> world.complete(task);
    }
  }

  private List<Event> due(List<Event> log) {
    return new Planning(World.WATCH).decide(heard(log), world.now(), false, Instant.MIN);
  }

  private static Ledger heard(List<Event> events) {
    Ledger ledger = new Ledger(Samples.NAMING);
    events.forEach(ledger::hear);
    return ledger;
  }

  /** The first tasks of the study, each claimed, in the order of their releases. */
  private List<TaskId> begin() {
    world.wish(STUDY, Wish.RUN);
    List<TaskId> tasks = world.planned();
    tasks.forEach(world::claim);
    assertThat(tasks).hasSizeGreaterThan(2);
    return tasks;
  }
}
