package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import dev.espalier.compute.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;

/**
 * The end of a block. The sum takes the place of the main path's value where no backward kernel
 * reads that; backward, main path and shortcut share one gradient, which the shortcut's other
 * readers add to later.
 */
final class AddReluKernels implements LayerKernels {
  private final Device device;
  private final Layer.AddRelu layer;
  private final Tensor main;
  private final Tensor shortcut;
  private final Tensor output;

  AddReluKernels(Compilation compilation, Layer.AddRelu layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.shortcut = compilation.value(layer.shortcut());
    this.main = compilation.value(layer.main());
    this.output = compilation.openInPlaceOf(layer.main(), value);
  }

  @Override
  public List<Kernel> training() {
    var desc =
        new binary.primitive_desc(
            device.engine(),
            dnnl_binary_add,
            main.layout(),
            shortcut.layout(),
            output.layout(),
            device.relu(),
            false);
    return List.of(
        device.kernel(
            layer.name() + " sum",
            desc,
            new binary(desc),
            Map.of(
                DNNL_ARG_SRC_0, main.handle(),
                DNNL_ARG_SRC_1, shortcut.handle(),
                DNNL_ARG_DST, output.handle())));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor gradient = gradients.of(value);
    List<Kernel> kernels = new ArrayList<>(List.of(cutOff(gradient)));
    kernels.addAll(gradients.share(value, layer.main()));
    kernels.addAll(gradients.share(value, layer.shortcut()));
    gradients.close(value);
    return kernels;
  }

  private Kernel cutOff(Tensor gradient) {
    var forward =
        device.own(
            new eltwise_forward.primitive_desc(
                device.engine(),
                dnnl_forward_training,
                dnnl_eltwise_relu_use_dst_for_bwd,
                output.layout(),
                output.layout(),
                0f,
                0f,
                device.plain(),
                false));
    var desc =
        new eltwise_backward.primitive_desc(
            device.engine(),
            dnnl_eltwise_relu_use_dst_for_bwd,
            output.layout(),
            output.layout(),
            output.layout(),
            0f,
            0f,
            forward,
            device.plain(),
            false);
    return device.kernel(
        layer.name() + " backward",
        desc,
        new eltwise_backward(desc),
        Map.of(
            DNNL_ARG_DST, output.handle(),
            DNNL_ARG_DIFF_DST, gradient.handle(),
            DNNL_ARG_DIFF_SRC, gradient.handle()));
  }
}
