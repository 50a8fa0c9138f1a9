package dev.espalier.compute.plan;

/**
 * What a network's outputs for a batch are measured by. In float64, and a function of them alone.
 */
@FunctionalInterface
public interface Loss {
  /**
   * The loss of a batch, and how it changes with the outputs.
   *
   * @param outputs (batch, answers) in C order; not to be changed
   * @param gradient where its derivative by each output is written, all of them; laid out as the
   *     outputs
   * @return the mean over the batch, in nats; not finite when training has diverged
   */
  double run(double[] outputs, double[] gradient);
}
