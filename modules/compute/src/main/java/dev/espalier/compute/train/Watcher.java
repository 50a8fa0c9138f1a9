package dev.espalier.compute.train;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who is told how a run goes, and may stop it. Called on the thread that trains. */
public interface Watcher {
  /**
   * Figures of a step.
   *
   * @param step after how many optimizer steps
   * @param values by name, as {@link dev.espalier.domain.event.Event.MetricSampled} lists them
   */
  void sampled(long step, Map<String, Double> values);

  /**
   * A step is done.
   *
   * @param images how many it passed forward and backward, rotated copies counted
   * @param waited how long it waited for them to be made ready
   */
  void trained(int images, Duration waited);

  /** How far the work is. Called every second or so. */
  void progressed(Progress progress);

  /**
   * The work can be resumed from {@code checkpoint}, which is in the store.
   *
   * @return whether everybody knows: only then is the checkpoint before superseded, and may go
   */
  boolean checkpointed(Digest checkpoint);

  /**
   * The work waits, such as for the store; told again while it does.
   *
   * @param reason for what; empty when it goes on
   */
  void waiting(Optional<Failure> reason);

  /**
   * Something went otherwise than it should, and the work goes on.
   *
   * @param words what, for people
   */
  default void troubled(String words) {}

  /**
   * Whether the work should stop at its next step, leaving a checkpoint. May be asked by any
   * thread.
   */
  boolean stopRequested();
}
