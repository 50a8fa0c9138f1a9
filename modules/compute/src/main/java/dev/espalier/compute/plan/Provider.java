package dev.espalier.compute.plan;

import dev.espalier.compute.network.Architecture;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Precision;
import java.util.Optional;

/** A way to compute on a kind of device: compiles networks to plans. */
public interface Provider {
  /** The name in settings and outcomes: {@code onednn}, {@code nd4j}. */
  String name();

  /**
   * The plan of {@code architecture} for batches of {@code batch} images, reading and writing
   * {@code parameters}, which stay the caller's and must outlive the plan. Several plans of other
   * batch and image sizes may share them, one running at a time.
   *
   * @param precision what activations are held and multiplied in; weights, gradients, moments and
   *     statistics stay as the parameters have them
   * @throws IllegalArgumentException when the batch is below 1, or the parameters are another
   *     network's or of a number format that the provider does not compute in
   * @throws UnsupportedOperationException when the precision cannot be had here
   */
  Plan compile(Architecture architecture, Parameters parameters, int batch, Precision precision);

  /** As above, in float32 where the parameters are, in float64 where they are that. */
  default Plan compile(Architecture architecture, Parameters parameters, int batch) {
    return compile(architecture, parameters, batch, Precision.FLOAT32);
  }

  /** The digest of the table that says which primitive a layer takes, where there is one. */
  default Optional<Digest> primitives() {
    return Optional.empty();
  }
}
