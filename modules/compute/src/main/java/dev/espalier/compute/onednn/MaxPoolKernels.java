package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Window;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** The largest value under a window; the workspace remembers which it was. */
final class MaxPoolKernels implements LayerKernels {
  private static final long[] UNDILATED = {0, 0};

  private final Device device;
  private final Layer.MaxPool layer;
  private final Tensor input;
  private final Tensor output;
  private final long[] strides;
  private final long[] size;
  private final long[] before;
  private final long[] after;
  private final pooling_forward.primitive_desc forward;
  private final memory workspace;

  MaxPoolKernels(Compilation compilation, Layer.MaxPool layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    Window window = layer.window();
    int reached = (compilation.volume(value).size() - 1) * window.stride() + window.size();
    int behind = reached - compilation.volume(layer.input()).size() - window.padding();
    this.strides = pair(window.stride());
    this.size = pair(window.size());
    this.before = pair(window.padding());
    this.after = pair(Math.max(behind, 0));
    this.forward = device.own(forward());
    this.workspace = device.allocate(device.own(forward.workspace_desc()));
  }

  private static long[] pair(long size) {
    return new long[] {size, size};
  }

  private pooling_forward.primitive_desc forward() {
    return new pooling_forward.primitive_desc(
        device.engine(),
        dnnl_forward_training,
        dnnl_pooling_max,
        input.layout(),
        output.layout(),
        strides,
        size,
        UNDILATED,
        before,
        after,
        device.plain(),
        false);
  }

  @Override
  public List<Kernel> training() {
    return List.of(
        device.kernel(
            layer.name() + " forward",
            forward,
            new pooling_forward(forward),
            Map.of(
                DNNL_ARG_SRC, input.handle(),
                DNNL_ARG_DST, output.handle(),
                DNNL_ARG_WORKSPACE, workspace)));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    List<Kernel> kernels =
        gradients.write(layer.input(), inner -> List.of(inputFrom(outer, inner)));
    gradients.close(value);
    return kernels;
  }

  private Kernel inputFrom(Tensor outer, Tensor inner) {
    var desc =
        new pooling_backward.primitive_desc(
            device.engine(),
            dnnl_pooling_max,
            input.layout(),
            output.layout(),
            strides,
            size,
            UNDILATED,
            before,
            after,
            forward,
            device.plain(),
            false);
    return device.kernel(
        layer.name() + " backward",
        desc,
        new pooling_backward(desc),
        Map.of(
            DNNL_ARG_DIFF_DST, outer.handle(),
            DNNL_ARG_DIFF_SRC, inner.handle(),
            DNNL_ARG_WORKSPACE, workspace));
  }
}
