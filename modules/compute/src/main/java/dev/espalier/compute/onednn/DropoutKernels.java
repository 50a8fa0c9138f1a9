package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Noise;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;

/** Dropout: factors drawn anew for each step, by which values and gradients are multiplied. */
final class DropoutKernels implements LayerKernels {
  private final Device device;
  private final Layer.Dropout layer;
  private final Tensor input;
  private final Tensor output;
  private final Tensor factors;
  private final Noise noise;

  DropoutKernels(Compilation compilation, Layer.Dropout layer, int value) {
    this.device = compilation.device();
    this.layer = layer;
    this.input = compilation.value(layer.input());
    this.output = compilation.open(value);
    this.factors = device.floats(compilation.batch(), compilation.volume(value));
    this.noise = compilation.noise(value);
  }

  @Override
  public List<Kernel> training() {
    FloatBuffer drawn = factors.floats();
    return List.of(
        new Kernel(layer.name() + " noise", () -> draw(drawn)),
        product(layer.name() + " forward", input, output));
  }

  private void draw(FloatBuffer drawn) {
    float kept = (float) (1 / (1 - layer.probability()));
    for (int i = 0; i < drawn.limit(); i++) {
      drawn.put(i, noise.at(i) < layer.probability() ? 0 : kept);
    }
  }

  private Kernel product(String name, Tensor values, Tensor result) {
    var desc =
        new binary.primitive_desc(
            device.engine(),
            dnnl_binary_mul,
            values.layout(),
            factors.layout(),
            result.layout(),
            device.plain(),
            false);
    return device.kernel(
        name,
        desc,
        new binary(desc),
        Map.of(
            DNNL_ARG_SRC_0, values.handle(),
            DNNL_ARG_SRC_1, factors.handle(),
            DNNL_ARG_DST, result.handle()));
  }

  @Override
  public List<Kernel> evaluation(List<Kernel> training) {
    return input.address() == output.address()
        ? List.of()
        : List.of(device.reorder(layer.name() + " copy", input.handle(), output.handle()));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    return gradients.writeInPlaceOf(
        value, layer.input(), inner -> List.of(product(layer.name() + " backward", outer, inner)));
  }
}
