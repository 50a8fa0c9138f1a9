package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import dev.espalier.compute.network.Activation;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;

/**
 * Both directions of an {@link Activation} as kernels of their own, in place; backward reads what
 * forward left.
 *
 * @param layer the name of the layer that it is for
 * @param output what the activation leaves
 */
record Cutoff(Device device, String layer, Activation activation, Tensor output) {
  static final float SIX = 6f;

  /** Cuts off the output, which holds what the activation gets. */
  Kernel forward() {
    return forwardFrom(output);
  }

  /** Cuts {@code input} off into the output. */
  Kernel forwardFrom(Tensor input) {
    var desc = forwardDesc();
    return device.kernel(
        layer + " activation",
        desc,
        new eltwise_forward(desc),
        Map.of(DNNL_ARG_SRC, input.handle(), DNNL_ARG_DST, output.handle()));
  }

  private eltwise_forward.primitive_desc forwardDesc() {
    return new eltwise_forward.primitive_desc(
        device.engine(),
        dnnl_forward_training,
        algorithm(),
        output.layout(),
        output.layout(),
        0f,
        limit(),
        device.plain(),
        false);
  }

  /** Takes from {@code outer}, the gradient of the output, what goes on to {@code inner}. */
  Kernel backward(Tensor outer, Tensor inner) {
    var desc =
        new eltwise_backward.primitive_desc(
            device.engine(),
            algorithm(),
            output.layout(),
            output.layout(),
            output.layout(),
            0f,
            limit(),
            device.own(forwardDesc()),
            device.plain(),
            false);
    return device.kernel(
        layer + " activation backward",
        desc,
        new eltwise_backward(desc),
        Map.of(
            DNNL_ARG_DST, output.handle(),
            DNNL_ARG_DIFF_DST, outer.handle(),
            DNNL_ARG_DIFF_SRC, inner.handle()));
  }

  private int algorithm() {
    return switch (activation) {
      case RELU -> dnnl_eltwise_relu_use_dst_for_bwd;
      case RELU6 -> dnnl_eltwise_clip_v2_use_dst_for_bwd;
      case NONE -> throw new IllegalStateException("expected an activation of " + layer);
    };
  }

  private float limit() {
    return activation == Activation.RELU6 ? SIX : 0f;
  }
}
