package dev.espalier.compute.train;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Score;

/** How a training run ended. */
public sealed interface Run {
  /**
   * All steps are done.
   *
   * @param score the trained network on the test images, on its own objective
   * @param position where it stands: after the last step
   */
  record Finished(Score score, Position position) implements Run {}

  /**
   * The watcher asked for a stop.
   *
   * @param checkpoint what it goes on from
   */
  record Stopped(Digest checkpoint) implements Run {}
}
