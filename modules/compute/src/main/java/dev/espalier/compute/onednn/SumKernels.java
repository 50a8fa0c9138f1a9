package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;

/**
 * The end of a block. The sum takes the place of the main path's value where no backward kernel
 * reads that; backward, main path and shortcut share one gradient, which the shortcut's other
 * readers add to later.
 */
final class SumKernels implements LayerKernels {
  private final Device device;
  private final Layer.Sum layer;
  private final Tensor main;
  private final Tensor shortcut;
  private final Tensor output;

  SumKernels(Compilation compilation, Layer.Sum layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.shortcut = compilation.value(layer.shortcut());
    this.main = compilation.value(layer.main());
    this.output = compilation.open(value);
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
            device.followedBy(layer.activation()),
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
    List<Kernel> kernels = new ArrayList<>();
    if (layer.activation() != Activation.NONE) {
      kernels.addAll(gradients.separate(value));
      Tensor gradient = gradients.of(value);
      Cutoff cutoff = new Cutoff(device, layer.name(), layer.activation(), output);
      kernels.add(cutoff.backward(gradient, gradient));
    }
    kernels.addAll(gradients.share(value, layer.main()));
    kernels.addAll(gradients.share(value, layer.shortcut()));
    gradients.close(value);
    return kernels;
  }
}
