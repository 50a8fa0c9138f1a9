package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Layer;
import java.util.List;

/** An activation on its own, which the layer before may have applied already. */
final class RectifierKernels implements LayerKernels {
  private final Layer.Rectifier layer;
  private final Tensor input;
  private final Cutoff cutoff;
  private final boolean done;

  RectifierKernels(Compilation compilation, Layer.Rectifier layer, int value) {
    this.layer = layer;
    this.input = compilation.value(layer.input());
    Tensor output = compilation.open(value);
    this.cutoff = new Cutoff(compilation.device(), layer.name(), layer.activation(), output);
    this.done = compilation.fused(layer.input()) != Activation.NONE;
  }

  @Override
  public List<Kernel> training() {
    return done ? List.of() : List.of(cutoff.forwardFrom(input));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    return gradients.writeInPlaceOf(
        value, layer.input(), inner -> List.of(cutoff.backward(outer, inner)));
  }
}
