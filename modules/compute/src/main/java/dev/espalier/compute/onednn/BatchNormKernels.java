package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.memory;

/**
 * Batch normalisation, with max(0, ·) fused into both directions where the layer has it: the
 * workspace then remembers what was cut off. Another activation has kernels of its own.
 */
final class BatchNormKernels implements LayerKernels {
  private final Device device;
  private final Layer.BatchNorm layer;
  private final Tensor input;
  private final Tensor output;
  private final Cutoff cutoff;
  private final int flags;
  private final Map<Integer, memory> parameters;
  private final Map<Integer, memory> batchStatistics;
  private final Map<Integer, memory> runningStatistics;
  private final Map<Integer, memory> parameterGradients;
  private final batch_normalization_forward.primitive_desc forward;
  private final Map<Integer, memory> workspace;

  BatchNormKernels(Compilation compilation, Layer.BatchNorm layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    boolean relu = layer.activation() == Activation.RELU;
    this.cutoff = new Cutoff(device, layer.name(), layer.activation(), output);
    this.flags = dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
    memory.desc channel =
        device.desc(memory.format_tag.a, compilation.volume(layer.input()).channels());
    String scale = layer.name() + ".weight";
    String shift = layer.name() + ".bias";
    this.parameters =
        Map.of(
            DNNL_ARG_SCALE, compilation.weights(scale, channel),
            DNNL_ARG_SHIFT, compilation.weights(shift, channel));
    this.parameterGradients =
        Map.of(
            DNNL_ARG_DIFF_SCALE, compilation.gradient(scale, channel),
            DNNL_ARG_DIFF_SHIFT, compilation.gradient(shift, channel));
    String mean = layer.name() + ".running_mean";
    String variance = layer.name() + ".running_var";
    this.batchStatistics =
        Map.of(
            DNNL_ARG_MEAN, compilation.batchStatistics(mean, channel),
            DNNL_ARG_VARIANCE, compilation.batchStatistics(variance, channel));
    this.runningStatistics =
        Map.of(
            DNNL_ARG_MEAN, compilation.runningStatistics(mean, channel),
            DNNL_ARG_VARIANCE, compilation.runningStatistics(variance, channel));
    this.forward = device.own(forward(dnnl_forward_training, flags));
    this.workspace =
        relu
            ? Map.of(DNNL_ARG_WORKSPACE, device.allocate(device.own(forward.workspace_desc())))
            : Map.of();
  }

  private batch_normalization_forward.primitive_desc forward(int kind, int flags) {
    return new batch_normalization_forward.primitive_desc(
        device.engine(),
        kind,
        input.layout(),
        output.layout(),
        (float) Layer.BatchNorm.EPSILON,
        flags,
        device.plain(),
        false);
  }

  @Override
  public List<Kernel> training() {
    Map<Integer, memory> arguments = arguments(batchStatistics);
    arguments.putAll(workspace);
    return activated(
        device.kernel(
            layer.name() + " forward",
            forward,
            new batch_normalization_forward(forward),
            arguments));
  }

  private List<Kernel> activated(Kernel kernel) {
    return separate() ? List.of(kernel, cutoff.forward()) : List.of(kernel);
  }

  private boolean separate() {
    return layer.activation() == Activation.RELU6;
  }

  @Override
  public List<Kernel> evaluation(List<Kernel> training) {
    var desc = forward(dnnl_forward_inference, flags | dnnl_use_global_stats);
    return activated(
        device.kernel(
            layer.name() + " evaluation",
            desc,
            new batch_normalization_forward(desc),
            arguments(runningStatistics)));
  }

  private Map<Integer, memory> arguments(Map<Integer, memory> statistics) {
    Map<Integer, memory> arguments = new HashMap<>(parameters);
    arguments.putAll(statistics);
    arguments.put(DNNL_ARG_SRC, input.handle());
    arguments.put(DNNL_ARG_DST, output.handle());
    return arguments;
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    List<Kernel> kernels = new ArrayList<>();
    if (separate()) {
      kernels.addAll(gradients.separate(value));
      kernels.add(cutoff.backward(gradients.of(value), gradients.of(value)));
    }
    Tensor outer = gradients.of(value);
    kernels.addAll(
        gradients.writeInPlaceOf(value, layer.input(), inner -> List.of(inputFrom(outer, inner))));
    return kernels;
  }

  private Kernel inputFrom(Tensor outer, Tensor inner) {
    Map<Integer, memory> arguments = new HashMap<>(parameterGradients);
    arguments.putAll(parameters);
    arguments.remove(DNNL_ARG_SHIFT);
    arguments.putAll(batchStatistics);
    arguments.putAll(workspace);
    arguments.put(DNNL_ARG_SRC, input.handle());
    arguments.put(DNNL_ARG_DIFF_DST, outer.handle());
    arguments.put(DNNL_ARG_DIFF_SRC, inner.handle());
    var desc =
        new batch_normalization_backward.primitive_desc(
            device.engine(),
            dnnl_backward,
            input.layout(),
            output.layout(),
            input.layout(),
            (float) Layer.BatchNorm.EPSILON,
            flags,
            forward,
            device.plain(),
            false);
    return device.kernel(
        layer.name() + " backward", desc, new batch_normalization_backward(desc), arguments);
  }
}
