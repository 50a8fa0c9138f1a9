package dev.espalier.compute.train;

import dev.espalier.domain.task.Artifacts;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Where a run keeps what must outlive it, and how often.
 *
 * @param artifacts where weights go
 * @param checkpoints the same store, as checkpoints use it: one that cannot be kept is done without
 * @param every the time between checkpoints; 0 makes one after every step
 * @param clock what that time is told by
 */
public record Keeping(
    Artifacts artifacts, Artifacts checkpoints, Duration every, InstantSource clock) {
  /** Everything goes to {@code artifacts}. */
  public Keeping(Artifacts artifacts, Duration every, InstantSource clock) {
    this(artifacts, artifacts, every, clock);
  }
}
