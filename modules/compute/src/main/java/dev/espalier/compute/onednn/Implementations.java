package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Layer;
import java.util.function.Supplier;
import org.bytedeco.dnnl.convolution_backward_data;

/**
 * Which of oneDNN's implementations a convolution takes. oneDNN offers them in its own order, and
 * the first is not always the fastest. The choice is fixed, never timed live, since another
 * implementation gives other bits.
 */
final class Implementations {
  private static final int FEW_CHANNELS = 16;

  private Implementations() {}

  /**
   * The first implementation that is good for this layer, or the very first when none is. Measured
   * on Zen 4 and Zen 5, on one thread: with stride 2 {@code brgconv_strided} takes twice the time
   * of {@code jit}, and for 16 channels {@code brg_conv_bwd} takes a seventh longer.
   *
   * @param channels the channels that the layer reads
   */
  static convolution_backward_data.primitive_desc choose(
      Supplier<convolution_backward_data.primitive_desc> offers,
      Layer.Convolution layer,
      int channels) {
    boolean jit = layer.stride() > 1 || channels <= FEW_CHANNELS;
    convolution_backward_data.primitive_desc desc = offers.get();
    do {
      if (!jit || desc.impl_info_str().getString().startsWith("jit:")) {
        return desc;
      }
    } while (desc.next_impl());
    return offers.get();
  }
}
