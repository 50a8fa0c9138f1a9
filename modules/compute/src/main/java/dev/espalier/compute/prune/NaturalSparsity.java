package dev.espalier.compute.prune;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.util.ArrayList;
import java.util.List;

/**
 * What training drove to zero by itself, without any pruning (Caron et al. 2020, section 4.2 and
 * figure 6): prunable weights, so neither batch norm nor the last layer, that are zero to machine
 * precision. The paper does not say which number that is; here it is float32's epsilon.
 */
public final class NaturalSparsity {
  /** 2⁻²³ = 1.19e-7: a weight is zero when its magnitude is below this. */
  public static final float EPSILON = Math.ulp(1f);

  private NaturalSparsity() {}

  /**
   * The weights of {@code parameters} that are not zero, as a mask: the sparsity of it and of its
   * tensors is the natural one.
   */
  public static Mask alive(Parameters parameters) {
    float[] weights = parameters.floats(Buffer.WEIGHTS);
    List<TensorMask> tensors = new ArrayList<>();
    for (Slot slot : parameters.slots()) {
      if (slot.prunable()) {
        boolean[] alive = new boolean[slot.length()];
        for (int i = 0; i < alive.length; i++) {
          alive[i] = Math.abs(weights[slot.offset() + i]) >= EPSILON;
        }
        tensors.add(TensorMask.of(slot.name(), slot.shape(), alive));
      }
    }
    return Mask.of(tensors);
  }
}
