package dev.espalier.compute.plan;

import dev.espalier.compute.network.Architecture;

/** A way to compute on a kind of device: compiles networks to plans. */
public interface Provider {
  /** The name in settings and outcomes: {@code onednn}, {@code nd4j}. */
  String name();

  /**
   * The plan of {@code architecture} for batches of {@code batch} images, reading and writing
   * {@code parameters}, which stay the caller's and must outlive the plan. Several plans of other
   * batch sizes may share them, one running at a time.
   *
   * @throws IllegalArgumentException when the batch is below 1, or the parameters are another
   *     network's or of a number format that the provider does not compute in
   */
  Plan compile(Architecture architecture, Parameters parameters, int batch);
}
