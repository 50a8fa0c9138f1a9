package dev.espalier.compute;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Progress;
import java.util.Map;

/**
 * Who watches the work on a task. All calls come from the thread that computes, which waits for
 * them.
 */
public interface Observer {
  /**
   * Figures of a step.
   *
   * @param step after how many optimizer steps
   * @param values by name, as {@link dev.espalier.domain.event.Event.MetricSampled} lists them
   */
  void sampled(long step, Map<String, Double> values);

  /** How far the work is. Called every second or so. */
  void progressed(Progress progress);

  /**
   * The work can be resumed from {@code checkpoint}, which is in the store.
   *
   * @return whether everybody knows: only then is the checkpoint before superseded, and may go
   */
  boolean checkpointed(Digest checkpoint);

  /** Whether the work should stop at its next step, leaving a checkpoint. */
  boolean stopRequested();
}
