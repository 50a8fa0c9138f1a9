package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;

import dev.espalier.compute.network.Layer;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** The mean of each channel over the places of each field of a grid. */
final class AveragePoolKernels implements LayerKernels {
  private static final long[] NONE = {0, 0};

  private final Device device;
  private final Layer.AveragePool layer;
  private final Tensor input;
  private final Tensor output;
  private final long[] window;
  private final pooling_forward.primitive_desc forward;

  AveragePoolKernels(Compilation compilation, Layer.AveragePool layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    int size = compilation.volume(layer.input()).size() / layer.size();
    this.window = new long[] {size, size};
    this.forward =
        device.own(
            new pooling_forward.primitive_desc(
                device.engine(),
                dnnl_forward_training,
                dnnl_pooling_avg_exclude_padding,
                input.layout(),
                output.layout(),
                window,
                window,
                NONE,
                NONE,
                NONE,
                device.plain(),
                false));
  }

  @Override
  public List<Kernel> training() {
    return List.of(
        device.kernel(
            layer.name() + " forward",
            forward,
            new pooling_forward(forward),
            Map.of(DNNL_ARG_SRC, input.handle(), DNNL_ARG_DST, output.handle())));
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
            dnnl_pooling_avg_exclude_padding,
            input.layout(),
            output.layout(),
            window,
            window,
            NONE,
            NONE,
            NONE,
            forward,
            device.plain(),
            false);
    return device.kernel(
        layer.name() + " backward",
        desc,
        new pooling_backward(desc),
        Map.of(DNNL_ARG_DIFF_DST, outer.handle(), DNNL_ARG_DIFF_SRC, inner.handle()));
  }
}
