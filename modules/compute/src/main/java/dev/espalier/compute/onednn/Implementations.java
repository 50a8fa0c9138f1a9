package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Layer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.dnnl.convolution_backward_data;

/**
 * Which of oneDNN's implementations a convolution takes. oneDNN offers them in its own order, and
 * the first is not always the fastest. The choice is fixed, never timed live, since another
 * implementation gives other bits.
 */
final class Implementations {
  private Implementations() {}

  /**
   * The first implementation that is good for this layer, or the very first when none is. Measured
   * on Zen 4 and Zen 5: with stride 2 the backward pass through {@code brgconv_strided} takes twice
   * the time of {@code jit}.
   */
  static convolution_backward_data.primitive_desc choose(
      Supplier<convolution_backward_data.primitive_desc> offers, Layer.Convolution layer) {
    Predicate<String> good = layer.stride() == 1 ? name -> true : name -> name.startsWith("jit");
    convolution_backward_data.primitive_desc desc = offers.get();
    do {
      if (good.test(desc.impl_info_str().getString())) {
        return desc;
      }
    } while (desc.next_impl());
    return offers.get();
  }
}
