package dev.espalier.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Examples;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandingsTest {
  private static final Study STUDY = Examples.study(2, List.of(Evaluation.TICKET));
  private static final StudyId ID = Examples.NAMING.nameOf(STUDY);
  private static final TaskId TASK = new TaskId(Examples.digestOf("a task"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void replayingTheLogChangesNothing(long seed) {
    List<Event> log = randomLog(new Random(seed));

    Standings once = fold(Standings.EMPTY, log);

    assertThat(fold(once, log)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void eventsThatAreAddedTogetherAddUpToTheSame(long seed) {
    List<Event> log = randomLog(new Random(seed));
    int split = new Random(seed).nextInt(log.size() + 1);

    assertThat(Standings.EMPTY.plus(log.subList(0, split)).plus(log.subList(split, log.size())))
        .isEqualTo(fold(Standings.EMPTY, log));
  }

  @Test
  void aZombiesWordDoesNotCount() {
    Standings standings =
        fold(
            Standings.EMPTY,
            List.of(
                reported(1, Phase.CLAIMED, 1),
                reported(2, Phase.CLAIMED, 2),
                reported(1, Phase.RUNNING, 3)));

    assertThat(standings.task(TASK).attempt()).map(AttemptReported::attempt).contains(2);
  }

  @Test
  void wordsOfAnAttemptCountInTheOrderOfTheLogEvenWhenItsClockWasSetBack() {
    Standings standings =
        fold(
            Standings.EMPTY, List.of(reported(1, Phase.CLAIMED, 5), reported(1, Phase.RUNNING, 4)));

    assertThat(standings.task(TASK).attempt()).map(AttemptReported::phase).contains(Phase.RUNNING);
  }

  @Test
  void aRepeatedSampleReplacesAndNeverAdds() {
    Standings standings =
        fold(
            Standings.EMPTY,
            List.of(
                sampled(1, 10, 0.9),
                sampled(2, 10, 0.5),
                sampled(1, 10, 0.7),
                sampled(1, 20, 0.4)));

    assertThat(standings.task(TASK).metrics()).hasSize(2);
    assertThat(standings.task(TASK).metrics().values())
        .extracting(sample -> sample.values().get("train_loss"))
        .containsExactly(0.5, 0.4);
    assertThat(standings.task(TASK).newest("train_loss")).contains(0.4);
    assertThat(standings.task(TASK).newest("density")).isEmpty();
  }

  @Test
  void theLastSampleOfAStepCountsEvenWhenTheOneBeforeArrivesBehindIt() {
    MetricSampled before = sampled(1, 10, 0.9);
    MetricSampled last = new MetricSampled(at(1), ID, TASK, 1, 10, Map.of("density", 0.5));

    Standings standings = fold(Standings.EMPTY, List.of(last, before));

    assertThat(standings.task(TASK).newest("density")).contains(0.5);
  }

  @Test
  void aTaskStandsWhereItsNewestWordSays() {
    Standings released = Standings.EMPTY.plus(release(0));
    Standings running = released.plus(reported(1, Phase.CLAIMED, 1));
    Standings preempted = running.plus(reported(1, Phase.PREEMPTED, 2));
    Standings again = preempted.plus(release(1));
    Standings completed = again.plus(ended(2, 0.5));

    assertThat(Standings.EMPTY.task(TASK).state()).isEqualTo(TaskStanding.State.PLANNED);
    assertThat(released.task(TASK).state()).isEqualTo(TaskStanding.State.WAITING);
    assertThat(running.task(TASK).state()).isEqualTo(TaskStanding.State.RUNNING);
    assertThat(preempted.task(TASK).state()).isEqualTo(TaskStanding.State.PREEMPTED);
    assertThat(again.task(TASK).state()).isEqualTo(TaskStanding.State.WAITING);
    assertThat(completed.task(TASK).state()).isEqualTo(TaskStanding.State.COMPLETED);
  }

  @Test
  void aTaskThatIsTakenBackIsCancelledOnlyForGoodAndOnceItsAttemptHasStopped() {
    TaskReleased release = release(0);
    Standings waiting = Standings.EMPTY.plus(release);
    Standings running = waiting.plus(reported(1, Phase.CLAIMED, 1));
    Event paused = withdrawal(release, false);
    Event cancelled = withdrawal(release, true);
    Event stopped = reported(1, Phase.PREEMPTED, 2);
    Event again = new TaskReleased(at(3), ID, TASK, release.content(), 1);

    assertThat(stateOf(waiting.plus(paused))).isEqualTo(TaskStanding.State.PLANNED);
    assertThat(stateOf(waiting.plus(cancelled))).isEqualTo(TaskStanding.State.CANCELLED);
    assertThat(stateOf(running.plus(cancelled))).isEqualTo(TaskStanding.State.RUNNING);
    assertThat(stateOf(running.plus(paused).plus(stopped))).isEqualTo(TaskStanding.State.PREEMPTED);
    assertThat(stateOf(running.plus(cancelled).plus(stopped)))
        .isEqualTo(TaskStanding.State.CANCELLED);
    assertThat(stateOf(running.plus(cancelled).plus(stopped).plus(again)))
        .as("wished for again")
        .isEqualTo(TaskStanding.State.WAITING);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void releasesThatAreOverAreNotMissed(long seed) {
    Random random = new Random(seed);
    List<Event> others = new ArrayList<>();
    List<Event> releases = new ArrayList<>();
    Standings live = Standings.EMPTY;
    for (int attempt = 0, time = 1; attempt < 1 + random.nextInt(4); attempt++) {
      TaskReleased release = release(attempt, time++);
      releases.add(release);
      List<Event> words = afterwards(random, release, attempt + 1, time++);
      others.addAll(words);
      live = fold(live.plus(release), words);
      List<Event> left = live.task(TASK).released().map(List::<Event>of).orElse(List.of());
      assertThat(fold(fold(Standings.EMPTY, others), left)).as("seed %d", seed).isEqualTo(live);
      assertThat(fold(fold(Standings.EMPTY, left), others)).isEqualTo(live);
      assertThat(fold(fold(Standings.EMPTY, others), releases)).isEqualTo(live);
    }
  }

  /** What comes of a release: it is taken back, or an attempt ends the task or leaves it. */
  private static List<Event> afterwards(
      Random random, TaskReleased release, int attempt, int time) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(withdrawal(release, random.nextBoolean()));
      case 1 -> List.of(reported(attempt, Phase.CLAIMED, time), failed(attempt));
      case 2 -> List.of(reported(attempt, Phase.CLAIMED, time), ended(attempt, 0.5));
      default -> List.of(reported(attempt, Phase.PREEMPTED, time));
    };
  }

  @Test
  void aBudgetIsSpentForTheWishThatItWasSpentForAndNoLaterOne() {
    StudyWished wished = new StudyWished(at(1), ID, "one", STUDY, Wish.RUN);
    Event.BudgetSpent spent = new Event.BudgetSpent(at(9), ID, at(1), Budget.Limit.TASKS);
    Standings ended = Standings.EMPTY.plus(wished).plus(spent);

    assertThat(Standings.EMPTY.plus(wished).spent(ID)).isEmpty();
    assertThat(ended.spent(ID)).contains(spent);
    assertThat(ended.plus(wished.then(at(10), Wish.RUN)).spent(ID)).isEmpty();
  }

  @Test
  void aTaskCountsForTheStudyThatItWasLastReleasedFor() {
    StudyId other = new StudyId(Examples.digestOf("another study"));
    TaskReleased released = release(0);
    TaskReleased again = new TaskReleased(at(5), other, TASK, released.content(), 1);
    Standings standings =
        fold(Standings.EMPTY, List.of(released, timed(1, Duration.ofSeconds(40))));

    assertThat(standings.task(TASK).spentBy(ID)).isEqualTo(new Spending(Duration.ofSeconds(40), 1));
    assertThat(standings.task(TASK).spentBy(other)).isEqualTo(Spending.NONE);
    assertThat(standings.plus(again).task(TASK).spentBy(ID)).isEqualTo(Spending.NONE);
    assertThat(standings.plus(again).task(TASK).spentBy(other))
        .isEqualTo(new Spending(Duration.ZERO, 1));
  }

  private static AttemptReported timed(int attempt, Duration time) {
    return new AttemptReported(
        at(2),
        ID,
        TASK,
        attempt,
        "w",
        Phase.RUNNING,
        Progress.NONE,
        Optional.empty(),
        Optional.empty(),
        time);
  }

  private static TaskStanding.State stateOf(Standings standings) {
    return standings.task(TASK).state();
  }

  private static TaskWithdrawn withdrawal(TaskReleased release, boolean forGood) {
    return TaskWithdrawn.of(release, at(1), forGood);
  }

  private static Standings fold(Standings start, List<Event> log) {
    Standings standings = start;
    for (Event event : log) {
      standings = standings.plus(event);
    }
    return standings;
  }

  /** A log as it could be: attempts follow each other, each speaks in the order of its clock. */
  private static List<Event> randomLog(Random random) {
    List<Event> log = new ArrayList<>();
    log.add(new StudyWished(at(0), ID, "one", STUDY, Wish.RUN));
    log.add(release(0));
    int time = 1;
    for (int attempt = 1; attempt <= 3; attempt++) {
      log.add(reported(attempt, Phase.CLAIMED, time++));
      for (int word = 0; word < random.nextInt(6); word++) {
        int speaker = 1 + random.nextInt(attempt);
        log.add(reported(speaker, Phase.RUNNING, time++));
        log.add(sampled(speaker, random.nextInt(5), random.nextDouble()));
      }
    }
    log.add(
        new StudyWished(at(time), ID, "one", STUDY, random.nextBoolean() ? Wish.PAUSE : Wish.RUN));
    log.add(random.nextBoolean() ? ended(3, random.nextDouble()) : failed(3));
    return log;
  }

  private static TaskReleased release(int after) {
    return release(after, 0);
  }

  private static TaskReleased release(int after, int time) {
    Node node = TaskGraph.of(STUDY, Examples.NAMING).nodes().getFirst();
    return new TaskReleased(at(time), ID, TASK, node.task(), after);
  }

  private static AttemptReported reported(int attempt, Phase phase, int time) {
    return new AttemptReported(
        at(time), ID, TASK, attempt, "w", phase, Progress.NONE, Optional.empty(), Optional.empty());
  }

  private static MetricSampled sampled(int attempt, long step, double loss) {
    return new MetricSampled(at(0), ID, TASK, attempt, step, Map.of("train_loss", loss));
  }

  private static OutcomePublished ended(int attempt, double accuracy) {
    Result result = new Result.Evaluated(new Score(accuracy, 1), 5, 10);
    Numerics numerics = new Numerics("nd4j", "x", 1, "0", false, Optional.empty());
    Outcome outcome = new Outcome.Completed(result, numerics, Cost.NONE);
    return new OutcomePublished(at(99), ID, TASK, attempt, "w", outcome);
  }

  private static OutcomePublished failed(int attempt) {
    Outcome outcome = new Outcome.Failed(new Failure.Diverged("expected a finite loss, got NaN"));
    return new OutcomePublished(at(99), ID, TASK, attempt, "w", outcome);
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }
}
