package dev.espalier.fleet.worker;

import dev.espalier.compute.Ending;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
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
    if (done.result() instanceof Result.Pruned pruned
        && attempt.released().content() instanceof PruneTask task) {
      events.add(mask(task, pruned.mask(), artifacts));
    }
    events.add(lastFigures(done.result(), execution));
    events.add(outcome(new Outcome.Completed(done.result(), done.numerics(), done.cost())));
    return events;
  }

  private Event mask(PruneTask task, MaskSummary summary, Artifacts artifacts) {
    Optional<Mask> bits =
        artifacts
            .get(summary.digest())
            .filter(bytes -> bytes.length <= MOST_INLINE)
            .map(Mask::parse);
    return new MaskPublished(
        now,
        released().study(),
        released().task(),
        task.objective(),
        task.round(),
        task.setting().seed(),
        summary,
        bits);
  }

  private Event lastFigures(Result result, Execution execution) {
    long step = execution.progress().step();
    Map<String, Double> values = execution.sampleAt(step);
    values.put("test_accuracy", result.score().accuracy());
    values.put("test_loss", result.score().loss());
    values.put("density", densityOf(result));
    return new MetricSampled(
        now, released().study(), released().task(), attempt.number(), step, values);
  }

  private static double densityOf(Result result) {
    return switch (result) {
      case Result.Pruned pruned -> pruned.mask().density();
      case Result.Evaluated evaluated -> (double) evaluated.kept() / evaluated.total();
    };
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
