package dev.espalier.compute.plan;

import java.nio.FloatBuffer;

/**
 * A network compiled for one batch size on one provider: a flat list of kernels over buffers that
 * are all allocated beforehand. Fill {@link #images} and {@link #labels} or {@link #loss}, then
 * {@link #step} or {@link #evaluate}. Used by one thread at a time; different plans may run side by
 * side. The buffers that it hands out live as long as the plan.
 */
public interface Plan extends AutoCloseable {
  /** The number of images in a batch. */
  int batch();

  /**
   * The input to write: (batch, rows, columns, channels) in C order, float32, already normalised,
   * position 0, limit at its end. Stays as written until written again.
   */
  FloatBuffer images();

  /**
   * Takes the class of each image of the batch for the steps that follow, whose loss is {@link
   * CrossEntropy}.
   *
   * @param smoothing ε, 0 to 1: the class counts 1 − ε in the loss, and every class ε ÷ classes
   *     more
   * @throws IllegalArgumentException when there is not one for each image, or one is no class
   */
  void labels(int[] labels, double smoothing);

  /** {@link #labels(int[], double)} without smoothing. */
  default void labels(int[] labels) {
    labels(labels, 0);
  }

  /**
   * Has the outputs of the steps that follow measured by {@code loss}, until labels are given
   * again.
   */
  void loss(Loss loss);

  /**
   * Takes where the noise of the steps that follow comes from (see {@link Noise}; 0 at first):
   * steps with the same noise, weights and batch give the same gradients.
   */
  void noise(long seed);

  /**
   * A training step but for the update: forward with batch statistics, which the running statistics
   * follow (the variance unbiased, as PyTorch does); the loss; backward into {@link
   * Parameters.Buffer#GRADIENTS} (unmasked, without weight decay).
   *
   * @return the mean loss, in nats; NaN or infinite when training has diverged
   */
  double pass();

  /** Moves the weights by the gradients that are there, whichever plan they are from. */
  void update(Update update);

  /**
   * One training step: {@link #pass}, then {@link #update}.
   *
   * @return the mean loss before the update, in nats; NaN or infinite when training has diverged,
   *     and then so may be all parameters
   */
  default double step(Update update) {
    double mean = pass();
    update(update);
    return mean;
  }

  /**
   * As {@link #pass}, but the running statistics stay as they are.
   *
   * @return the mean loss, in nats
   */
  double gradients();

  /**
   * As {@link #step(Update)}, and tells {@code clock} of each kernel that ran; of the step as one,
   * at least.
   */
  default double step(Update update, KernelClock clock) {
    long begin = System.nanoTime();
    double loss = step(update);
    clock.ran("step", System.nanoTime() - begin);
    return loss;
  }

  /** Forward with the running statistics, into {@link #logits} and {@link #features}. */
  void evaluate();

  /** The scores of the last step or evaluation, (batch, classes) in C order, float32. */
  FloatBuffer logits();

  /** What the head read in the last step or evaluation, (batch, features) in C order, float32. */
  FloatBuffer features();

  /** Frees the plan's buffers; the parameters stay. */
  @Override
  void close();
}
