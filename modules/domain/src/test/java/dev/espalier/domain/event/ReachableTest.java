package dev.espalier.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.espalier.domain.Digest;
import dev.espalier.domain.Examples;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReachableTest {
  private static final StudyId STUDY = new StudyId(Examples.digestOf("a study"));
  private static final TaskId TASK = new TaskId(Examples.digestOf("a task"));
  private static final TaskId OTHER = new TaskId(Examples.digestOf("another task"));
  private static final Digest MASK = Examples.digestOf("mask");
  private static final Digest PARENT = Examples.digestOf("parent");
  private static final Digest TRAINED = Examples.digestOf("trained");
  private static final Digest REWIND = Examples.digestOf("rewind");
  private static final Digest EVIDENCE = Examples.digestOf("evidence");
  private static final MaskSummary SUMMARY = new MaskSummary(MASK, Optional.of(PARENT), List.of());
  private static final Result PRUNED =
      new Result.Pruned(new Score(0.5, 1), SUMMARY, TRAINED, REWIND);

  @Test
  void nothingIsNamedByNothing() {
    assertThat(Reachable.in(Standings.EMPTY)).isEmpty();
  }

  @Test
  void whatResultsLeftIsNamed() {
    Standings standings =
        Standings.EMPTY
            .plus(completed(TASK, PRUNED))
            .plus(completed(OTHER, new Result.Scored(EVIDENCE)));

    assertThat(Reachable.in(standings))
        .containsExactlyInAnyOrder(MASK, PARENT, TRAINED, REWIND, EVIDENCE);
  }

  @Test
  void aPublishedMaskIsNamed() {
    Standings standings =
        Standings.EMPTY.plus(
            new MaskPublished(
                Instant.EPOCH, STUDY, TASK, Objective.LABELS, 0, 1, SUMMARY, Optional.empty()));

    assertThat(Reachable.in(standings)).containsExactlyInAnyOrder(MASK, PARENT);
  }

  @Test
  void theNewestCheckpointIsNamedUntilTheTaskIsCompleted() {
    Standings first = Standings.EMPTY.plus(reported(1, "first"));
    Standings second = first.plus(reported(2, "second"));
    Standings failed =
        second.plus(ended(TASK, new Outcome.Failed(new Failure.Diverged("got NaN"))));
    Standings completed = second.plus(completed(TASK, PRUNED));

    assertThat(Reachable.checkpointsIn(first))
        .containsExactly(entry(TASK, Examples.digestOf("first")));
    assertThat(Reachable.checkpointsIn(completed)).isEmpty();
    assertThat(Reachable.in(first)).containsExactly(Examples.digestOf("first"));
    assertThat(Reachable.in(second)).containsExactly(Examples.digestOf("second"));
    assertThat(Reachable.in(failed)).containsExactly(Examples.digestOf("second"));
    assertThat(Reachable.in(completed)).doesNotContain(Examples.digestOf("second"));
  }

  private static AttemptReported reported(int attempt, String checkpoint) {
    return new AttemptReported(
        Instant.ofEpochSecond(attempt),
        STUDY,
        TASK,
        attempt,
        "w",
        Phase.RUNNING,
        Progress.NONE,
        Optional.of(Examples.digestOf(checkpoint)),
        Optional.empty());
  }

  private static OutcomePublished completed(TaskId task, Result result) {
    Numerics numerics = new Numerics("nd4j", "x", 1, "0", false, Optional.empty());
    return ended(task, new Outcome.Completed(result, numerics, Cost.NONE));
  }

  private static OutcomePublished ended(TaskId task, Outcome outcome) {
    return new OutcomePublished(Instant.EPOCH, STUDY, task, 1, "w", outcome);
  }
}
