package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/**
 * A dense layer. Its weights lie in the flat buffer as (out, channels, rows, columns) of what it
 * reads, and are copied only where a primitive wants another layout or precision.
 */
final class DenseKernels implements LayerKernels {
  private final Device device;
  private final Layer.Dense layer;
  private final int batch;
  private final Tensor input;
  private final Tensor output;
  private final memory.desc to; // (batch, out)
  private final memory.desc plain; // (out, channels, rows, columns), float32
  private final memory.desc any; // the same, as activations are stored
  private final memory.desc anyGradient; // the same, float32
  private final memory.desc vector; // (out)
  private final memory weights;
  private final memory weightsGradient;
  private final memory bias;
  private final memory biasGradient;
  private final inner_product_forward.primitive_desc forward;

  DenseKernels(Compilation compilation, Layer.Dense layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.batch = compilation.batch();
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    Volume in = compilation.volume(layer.input());
    long[] sizes = {layer.channels(), in.channels(), in.size(), in.size()};
    this.to = device.stored(memory.format_tag.ab, batch, layer.channels());
    this.plain = device.desc(memory.format_tag.abcd, sizes);
    this.any = device.stored(memory.format_tag.any, sizes);
    this.anyGradient = device.desc(memory.format_tag.any, sizes);
    this.vector = device.desc(memory.format_tag.a, layer.channels());
    this.weights = compilation.weights(layer.name() + ".weight", plain);
    this.weightsGradient = compilation.gradient(layer.name() + ".weight", plain);
    this.bias = compilation.weights(layer.name() + ".bias", vector);
    this.biasGradient = compilation.gradient(layer.name() + ".bias", vector);
    this.forward =
        device.own(
            new inner_product_forward.primitive_desc(
                device.engine(),
                dnnl_forward_training,
                input.layout(),
                any,
                vector,
                flat(output),
                device.followedBy(compilation.fused(value)),
                false));
  }

  // The same values as rows: (batch, out) in the precision that they have.
  private memory.desc flat(Tensor tensor) {
    return device.own(tensor.layout().reshape(new long[] {batch, layer.channels()}));
  }

  @Override
  public List<Kernel> training() {
    List<Kernel> kernels = new ArrayList<>();
    memory laidOut = laidOut(device.own(forward.weights_desc()), kernels);
    kernels.add(
        device.kernel(
            layer.name() + " forward",
            forward,
            new inner_product_forward(forward),
            Map.of(
                DNNL_ARG_SRC,
                input.handle(),
                DNNL_ARG_WEIGHTS,
                laidOut,
                DNNL_ARG_BIAS,
                bias,
                DNNL_ARG_DST,
                device.at(output.address(), flat(output)))));
    return kernels;
  }

  /** The weights in the layout that a primitive wants, and the copy that this takes, if any. */
  private memory laidOut(memory.desc wanted, List<Kernel> kernels) {
    if (wanted.equals(plain)) {
      return weights;
    }
    memory laidOut = device.handed(wanted);
    kernels.add(device.reorder(layer.name() + " weights", weights, laidOut));
    return laidOut;
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    memory outer = device.at(gradients.of(value).address(), to);
    List<Kernel> kernels = new ArrayList<>(weightsFrom(outer));
    kernels.addAll(gradients.write(layer.input(), inner -> inputFrom(outer, inner)));
    gradients.close(value);
    return kernels;
  }

  private List<Kernel> weightsFrom(memory outer) {
    var desc =
        new inner_product_backward_weights.primitive_desc(
            device.engine(),
            input.layout(),
            anyGradient,
            vector,
            to,
            forward,
            device.plain(),
            false);
    memory.desc given = device.own(desc.diff_weights_desc());
    boolean direct = given.equals(plain);
    memory laidOut = direct ? weightsGradient : device.handed(given);
    Kernel kernel =
        device.kernel(
            layer.name() + " backward weights",
            desc,
            new inner_product_backward_weights(desc),
            Map.of(
                DNNL_ARG_SRC, input.handle(),
                DNNL_ARG_DIFF_DST, outer,
                DNNL_ARG_DIFF_WEIGHTS, laidOut,
                DNNL_ARG_DIFF_BIAS, biasGradient));
    return direct
        ? List.of(kernel)
        : List.of(kernel, device.reorder(layer.name() + " gradient", laidOut, weightsGradient));
  }

  private List<Kernel> inputFrom(memory outer, Tensor inner) {
    var desc =
        new inner_product_backward_data.primitive_desc(
            device.engine(), input.layout(), any, to, forward, device.plain(), false);
    List<Kernel> kernels = new ArrayList<>();
    memory laidOut = laidOut(device.own(desc.weights_desc()), kernels);
    kernels.add(
        device.kernel(
            layer.name() + " backward data",
            desc,
            new inner_product_backward_data(desc),
            Map.of(
                DNNL_ARG_DIFF_DST, outer,
                DNNL_ARG_WEIGHTS, laidOut,
                DNNL_ARG_DIFF_SRC, inner.handle())));
    return kernels;
  }
}
