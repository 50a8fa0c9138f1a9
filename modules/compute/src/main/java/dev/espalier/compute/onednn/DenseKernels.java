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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/** A dense layer; its weights are used as they lie in the flat buffer, (out, in). */
final class DenseKernels implements LayerKernels {
  private final Device device;
  private final Layer.Dense layer;
  private final Tensor input;
  private final Tensor output;
  private final memory.desc from; // (batch, in)
  private final memory.desc to; // (batch, out)
  private final memory.desc matrix; // (out, in)
  private final memory.desc vector; // (out)
  private final memory weights;
  private final memory weightsGradient;
  private final memory bias;
  private final memory biasGradient;
  private final inner_product_forward.primitive_desc forward;

  DenseKernels(Compilation compilation, Layer.Dense layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    int in = compilation.volume(layer.input()).length();
    this.from = device.desc(memory.format_tag.ab, compilation.batch(), in);
    this.to = device.desc(memory.format_tag.ab, compilation.batch(), layer.channels());
    this.matrix = device.desc(memory.format_tag.ab, layer.channels(), in);
    this.vector = device.desc(memory.format_tag.a, layer.channels());
    this.weights = compilation.weights(layer.name() + ".weight", matrix);
    this.weightsGradient = compilation.gradient(layer.name() + ".weight", matrix);
    this.bias = compilation.weights(layer.name() + ".bias", vector);
    this.biasGradient = compilation.gradient(layer.name() + ".bias", vector);
    this.forward =
        device.own(
            new inner_product_forward.primitive_desc(
                device.engine(),
                dnnl_forward_training,
                from,
                matrix,
                vector,
                to,
                device.plain(),
                false));
  }

  @Override
  public List<Kernel> training() {
    return List.of(
        device.kernel(
            layer.name() + " forward",
            forward,
            new inner_product_forward(forward),
            Map.of(
                DNNL_ARG_SRC,
                device.at(input.address(), from),
                DNNL_ARG_WEIGHTS,
                weights,
                DNNL_ARG_BIAS,
                bias,
                DNNL_ARG_DST,
                device.at(output.address(), to))));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    memory outer = device.at(gradients.of(value).address(), to);
    List<Kernel> kernels = new ArrayList<>(List.of(weightsFrom(outer)));
    kernels.addAll(
        gradients.write(
            layer.input(), inner -> List.of(inputFrom(outer, device.at(inner.address(), from)))));
    gradients.close(value);
    return kernels;
  }

  private Kernel weightsFrom(memory outer) {
    var desc =
        new inner_product_backward_weights.primitive_desc(
            device.engine(), from, matrix, vector, to, forward, device.plain(), false);
    return device.kernel(
        layer.name() + " backward weights",
        desc,
        new inner_product_backward_weights(desc),
        Map.of(
            DNNL_ARG_SRC, device.at(input.address(), from),
            DNNL_ARG_DIFF_DST, outer,
            DNNL_ARG_DIFF_WEIGHTS, weightsGradient,
            DNNL_ARG_DIFF_BIAS, biasGradient));
  }

  private Kernel inputFrom(memory outer, memory inner) {
    var desc =
        new inner_product_backward_data.primitive_desc(
            device.engine(), from, matrix, to, forward, device.plain(), false);
    return device.kernel(
        layer.name() + " backward data",
        desc,
        new inner_product_backward_data(desc),
        Map.of(DNNL_ARG_DIFF_DST, outer, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DIFF_SRC, inner));
  }
}
