package dev.espalier.domain.task;

/**
 * How well a network does on the test images.
 *
 * @param accuracy the part it gets right, 0 to 1; of the four rotations for that objective, else of
 *     the classes
 * @param loss mean softmax cross-entropy in nats
 */
public record Score(double accuracy, double loss) {}
