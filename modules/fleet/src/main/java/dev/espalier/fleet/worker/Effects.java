package dev.espalier.fleet.worker;

import dev.espalier.compute.Ending;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.kafka.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events that an attempt ends with, written together or not at all. */
final class Effects {
  /** Packed bits that, as base64 among the other fields, leave an event under 64 KiB. */
  private static final int MOST_INLINE = 44 * 1024;

  private final Attempt attempt;
  private final String worker;
  private final Instant now;

  Effects(Attempt attempt, String worker, Instant now) {
    this.attempt = attempt;
    this.worker = worker;
    this.now = now;
  }

  /** The mask where there is one, the last figures, the outcome. */
  List<Event> of(Ending.Done done, Execution execution, Artifacts artifacts) {
    List<Event> events = new ArrayList<>();
    if (done.result() instanceof Result.Pruned pruned) {
      switch (attempt.released().content()) {
        case PruneTask task when !task.recipe().sharesScores() ->
            events.add(mask(task.objective(), task.round(), pruned.mask(), artifacts));
        case CutTask task ->
            events.add(mask(task.objective(), task.round(), pruned.mask(), artifacts));
        case PruneTask task -> {} // its cut publishes
        case ScoreTask task -> {}
        case EvaluateTask task -> {}
      }
    }
    lastFigures(done.result(), execution).ifPresent(events::add);
    events.add(outcome(new Outcome.Completed(done.result(), done.numerics(), done.cost())));
    return events;
  }

  private Event mask(Objective objective, int round, MaskSummary summary, Artifacts artifacts) {
    Optional<Mask> bits =
        artifacts
            .get(summary.digest())
            .filter(bytes -> bytes.length <= MOST_INLINE)
            .map(Mask::parse);
    return new MaskPublished(
        now,
        released().study(),
        released().task(),
        objective,
        round,
        released().content().setting().seed(),
        summary,
        bits);
  }

  private Optional<Event> lastFigures(Result result, Execution execution) {
    return switch (result) {
      case Result.Pruned pruned ->
          Optional.of(figures(pruned.score(), pruned.mask().density(), execution));
      case Result.Evaluated evaluated ->
          Optional.of(
              figures(evaluated.score(), (double) evaluated.kept() / evaluated.total(), execution));
      case Result.Scored scored -> Optional.empty();
    };
  }

  private Event figures(Score score, double density, Execution execution) {
    long step = execution.progress().step();
    Map<String, Double> values = execution.sampleAt(step);
    values.put("test_accuracy", score.accuracy());
    values.put("test_loss", score.loss());
    values.put("density", density);
    return new MetricSampled(
        now, released().study(), released().task(), attempt.number(), step, values);
  }

  /** The word that the task is over. */
  Event outcome(Outcome outcome) {
    return new OutcomePublished(
        now, released().study(), released().task(), attempt.number(), worker, outcome);
  }

  private TaskReleased released() {
    return attempt.released();
  }
}
