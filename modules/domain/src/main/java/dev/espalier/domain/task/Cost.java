package dev.espalier.domain.task;

import java.time.Duration;

/**
 * What a task took.
 *
 * @param images training images passed forward and backward, rotated copies counted, over all
 *     attempts that contributed
 * @param time computing time, over all attempts that contributed
 */
public record Cost(long images, Duration time) {
  /** Nothing yet. */
  public static final Cost NONE = new Cost(0, Duration.ZERO);

  /** Both together. */
  public Cost plus(Cost other) {
    return new Cost(images + other.images, time.plus(other.time));
  }
}
