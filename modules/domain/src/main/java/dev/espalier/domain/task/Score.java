package dev.espalier.domain.task;

import java.util.OptionalDouble;

/**
 * How well a network does on the test images.
 *
 * @param accuracy the part it gets right, 0 to 1; of the four rotations for that objective, else of
 *     the classes
 * @param loss mean softmax cross-entropy in nats, or what a probe without that says its loss is
 * @param top5 the part whose answer is among the five that it holds most likely, 0 to 1; there only
 *     where there are more than ten answers
 */
public record Score(double accuracy, double loss, OptionalDouble top5) {
  /** The number of answers above which the five most likely ones are counted too. */
  public static final int FEW = 10;

  /** A score where answers are few. */
  public Score(double accuracy, double loss) {
    this(accuracy, loss, OptionalDouble.empty());
  }
}
