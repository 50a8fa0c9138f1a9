package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a network: forward through its layers, placing every value, then backward, placing every
 * gradient where a later one lay that is not needed any more. What comes out is three flat lists of
 * kernels.
 */
final class PlanCompiler {
  private final Device device;
  private final Architecture architecture;
  private final Compilation compilation;
  private final List<LayerKernels> layers = new ArrayList<>();
  private final List<Kernel> training = new ArrayList<>();
  private final List<Kernel> evaluation = new ArrayList<>();
  private final List<Kernel> backward = new ArrayList<>();

  PlanCompiler(Device device, Architecture architecture, Parameters parameters, int batch) {
    this.device = device;
    this.architecture = architecture;
    this.compilation = new Compilation(device, architecture, parameters, batch);
  }

  CompiledNetwork compile() {
    for (Layer layer : architecture.layers()) {
      forward(layer);
    }
    int logits = layers.size();
    Gradients gradients = new Gradients(device, compilation.batch(), architecture.volumes());
    Tensor lossGradient = gradients.open(logits);
    for (int value = logits; value > Compilation.IMAGES; value--) {
      backward.addAll(layers.get(value - 1).backward(gradients, value));
    }
    device.allocateScratchpad();
    return new CompiledNetwork(
        training,
        evaluation,
        backward,
        compilation.value(Compilation.IMAGES),
        compilation.value(architecture.head().input()),
        compilation.value(logits),
        lossGradient,
        compilation.batchStatistics());
  }

  private void forward(Layer layer) {
    int value = layers.size() + 1;
    LayerKernels kernels =
        switch (layer) {
          case Layer.Convolution c -> new ConvolutionKernels(compilation, c, value);
          case Layer.BatchNorm b -> new BatchNormKernels(compilation, b, value);
          case Layer.AddRelu a -> new AddReluKernels(compilation, a, value);
          case Layer.AveragePool p -> new AveragePoolKernels(compilation, p, value);
          case Layer.Dense d -> new DenseKernels(compilation, d, value);
        };
    layers.add(kernels);
    List<Kernel> forward = kernels.training();
    training.addAll(forward);
    evaluation.addAll(kernels.evaluation(forward));
  }
}
