package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import dev.espalier.compute.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;

/**
 * A convolution. Its weights lie in the flat buffer as (out, in, kh, kw); each pass copies them to
 * the layout that its primitive likes best, which costs less than a hundredth of the pass.
 */
final class ConvolutionKernels implements LayerKernels {
  private final Device device;
  private final Layer.Convolution layer;
  private final Tensor input;
  private final Tensor output;
  private final memory weights;
  private final memory gradient;
  private final memory.desc anyWeights;
  private final int channels;
  private final long[] strides;
  private final long[] before;
  private final long[] after;
  private final convolution_forward.primitive_desc forward;

  ConvolutionKernels(Compilation compilation, Layer.Convolution layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    var in = compilation.volume(layer.input());
    var out = compilation.volume(value);
    this.channels = in.channels();
    long[] sizes = {layer.channels(), in.channels(), layer.kernel(), layer.kernel()};
    memory.desc plain = device.desc(memory.format_tag.abcd, sizes);
    String name = layer.name() + ".weight";
    this.weights = compilation.weights(name, plain);
    this.gradient = compilation.gradient(name, plain);
    this.anyWeights = device.desc(memory.format_tag.any, sizes);
    long padding = layer.kernel() / 2;
    long reached = (out.size() - 1L) * layer.stride() + layer.kernel();
    this.strides = pair(layer.stride());
    this.before = pair(padding);
    this.after = pair(reached - in.size() - padding);
    this.forward = device.own(forward());
  }

  private static long[] pair(long size) {
    return new long[] {size, size};
  }

  private convolution_forward.primitive_desc forward() {
    return new convolution_forward.primitive_desc(
        device.engine(),
        dnnl_forward_training,
        dnnl_convolution_direct,
        input.layout(),
        anyWeights,
        output.layout(),
        strides,
        before,
        after,
        device.plain(),
        false);
  }

  @Override
  public List<Kernel> training() {
    memory laidOut = device.allocate(device.own(forward.weights_desc()));
    return List.of(
        device.reorder(layer.name() + " weights", weights, laidOut),
        device.kernel(
            layer.name() + " forward",
            forward,
            new convolution_forward(forward),
            Map.of(
                DNNL_ARG_SRC, input.handle(),
                DNNL_ARG_WEIGHTS, laidOut,
                DNNL_ARG_DST, output.handle())));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    List<Kernel> kernels = new ArrayList<>(weightsFrom(outer));
    if (layer.input() != Compilation.IMAGES) {
      kernels.addAll(gradients.write(layer.input(), inner -> inputFrom(outer, inner)));
    }
    gradients.close(value);
    return kernels;
  }

  private List<Kernel> weightsFrom(Tensor outer) {
    var desc =
        new convolution_backward_weights.primitive_desc(
            device.engine(),
            dnnl_convolution_direct,
            input.layout(),
            anyWeights,
            output.layout(),
            strides,
            before,
            after,
            forward,
            device.plain(),
            false);
    memory laidOut = device.allocate(device.own(desc.diff_weights_desc()));
    return List.of(
        device.kernel(
            layer.name() + " backward weights",
            desc,
            new convolution_backward_weights(desc),
            Map.of(
                DNNL_ARG_SRC, input.handle(),
                DNNL_ARG_DIFF_DST, outer.handle(),
                DNNL_ARG_DIFF_WEIGHTS, laidOut)),
        device.reorder(layer.name() + " gradient", laidOut, gradient));
  }

  private List<Kernel> inputFrom(Tensor outer, Tensor inner) {
    var desc = Implementations.choose(this::backwardData, layer, channels);
    memory laidOut = device.allocate(device.own(desc.weights_desc()));
    return List.of(
        device.reorder(layer.name() + " weights", weights, laidOut),
        device.kernel(
            layer.name() + " backward data",
            desc,
            new convolution_backward_data(desc),
            Map.of(
                DNNL_ARG_DIFF_DST, outer.handle(),
                DNNL_ARG_WEIGHTS, laidOut,
                DNNL_ARG_DIFF_SRC, inner.handle())));
  }

  private convolution_backward_data.primitive_desc backwardData() {
    return new convolution_backward_data.primitive_desc(
        device.engine(),
        dnnl_convolution_direct,
        input.layout(),
        anyWeights,
        output.layout(),
        strides,
        before,
        after,
        forward,
        device.plain(),
        false);
  }
}
