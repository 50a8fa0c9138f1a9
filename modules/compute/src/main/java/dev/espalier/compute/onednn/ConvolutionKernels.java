package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A convolution as a layer: where its values and gradients lie, and which kernels it takes. */
final class ConvolutionKernels implements LayerKernels {
  private final Compilation compilation;
  private final Layer.Convolution layer;
  private final ConvolutionShape shape;
  private final Ways ways;
  private final Activation activation;

  ConvolutionKernels(Compilation compilation, Layer.Convolution layer, int value) {
    this.compilation = compilation;
    this.layer = layer;
    this.shape =
        ConvolutionShape.of(layer, compilation.volume(layer.input()), compilation.volume(value));
    Operands operands =
        new Operands(
            layer.name(),
            compilation.value(layer.input()),
            compilation.open(value),
            compilation.learned(layer.name() + ".weight"),
            Optional.of(layer.name() + ".bias")
                .filter(name -> layer.bias())
                .map(compilation::learned));
    this.activation = compilation.fused(value);
    this.ways = new Ways(compilation.device(), shape, operands, compilation.form());
  }

  private Optional<String> choice(Direction direction) {
    return compilation.choice(direction, shape);
  }

  @Override
  public List<Kernel> training() {
    return ways.forward(activation, choice(Direction.FORWARD));
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    List<Kernel> kernels =
        new ArrayList<>(ways.backwardWeights(outer, choice(Direction.BACKWARD_WEIGHTS)));
    if (layer.input() != Compilation.IMAGES) {
      kernels.addAll(
          gradients.write(
              layer.input(),
              inner -> ways.backwardData(outer, inner, choice(Direction.BACKWARD_DATA))));
    }
    gradients.close(value);
    return kernels;
  }
}
