package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** A shortcut of zeros around each stride-th row and column: zeros, then a copy with strides. */
final class PadShortcutKernels implements LayerKernels {
  private final Device device;
  private final Layer.PadShortcut layer;
  private final int batch;
  private final Volume from;
  private final Volume sampled;
  private final Tensor input;
  private final Tensor output;

  PadShortcutKernels(Compilation compilation, Layer.PadShortcut layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.batch = compilation.batch();
    this.from = compilation.volume(layer.input());
    this.sampled = new Volume(from.channels(), compilation.volume(value).size());
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
  }

  @Override
  public List<Kernel> training() {
    return List.of(
        zeros(output), device.reorder(layer.name() + " copy", sampled(input), framed(output)));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    List<Kernel> kernels =
        gradients.write(
            layer.input(),
            inner ->
                List.of(
                    zeros(inner),
                    device.reorder(layer.name() + " backward", framed(outer), sampled(inner))));
    gradients.close(value);
    return kernels;
  }

  private Kernel zeros(Tensor tensor) {
    return new Kernel(layer.name() + " zeros", () -> tensor.segment().fill((byte) 0));
  }

  /** Each stride-th row and column of a tensor as large as the input. */
  private memory sampled(Tensor tensor) {
    long row = (long) from.size() * from.channels();
    long[] sizes = {batch, sampled.channels(), sampled.size(), sampled.size()};
    long[] strides = {
      from.length(), 1, layer.stride() * row, (long) layer.stride() * from.channels()
    };
    var type = tensor.layout().get_data_type();
    return device.at(tensor.address(), device.own(new memory.desc(sizes, type, strides)));
  }

  /** The channels between the zeros of a tensor as large as the output. */
  private memory framed(Tensor tensor) {
    return device.channels(tensor, batch, sampled, (layer.channels() - sampled.channels()) / 2);
  }
}
