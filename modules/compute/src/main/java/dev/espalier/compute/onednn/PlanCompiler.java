package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a network: forward through its layers, placing every value, then backward, placing every
 * gradient where a value or a gradient lay that is not needed any more. What comes out is three
 * flat lists of kernels.
 */
final class PlanCompiler {
  private final Device device;
  private final Architecture architecture;
  private final Compilation compilation;
  private final List<LayerKernels> layers = new ArrayList<>();
  private final List<Kernel> training = new ArrayList<>();
  private final List<Kernel> evaluation = new ArrayList<>();
  private final List<Kernel> backward = new ArrayList<>();

  PlanCompiler(Device device, Architecture architecture, Parameters parameters, Form form) {
    this.device = device;
    this.architecture = architecture;
    this.compilation = new Compilation(device, architecture, parameters, form);
  }

  CompiledNetwork compile() {
    Tensor images = images();
    for (Layer layer : architecture.layers()) {
      forward(layer);
    }
    int logits = layers.size();
    Gradients gradients =
        new Gradients(device, compilation.pool(), compilation.batch(), architecture.volumes());
    Tensor lossGradient = lossGradient(gradients.open(logits));
    for (int value = logits; value > Compilation.IMAGES; value--) {
      backward(gradients, value);
    }
    Tensor features = features(compilation.value(architecture.neck()));
    device.allocateScratchpad();
    return new CompiledNetwork(
        training,
        evaluation,
        backward,
        images,
        features,
        compilation.value(logits),
        lossGradient,
        compilation.batchStatistics(),
        compilation.noises());
  }

  private void backward(Gradients gradients, int value) {
    boolean read = compilation.readsBack(value);
    if (!read) {
      compilation.close(value);
    }
    backward.addAll(layers.get(value - 1).backward(gradients, value));
    if (read) {
      compilation.close(value);
    }
  }

  // What goes in and comes out is float32, whatever lies between.

  private Tensor images() {
    Tensor images = compilation.value(Compilation.IMAGES);
    if (device.storesFloats()) {
      return images;
    }
    Tensor given = device.floats(compilation.batch(), compilation.volume(Compilation.IMAGES));
    Kernel intake = device.reorder("images", given.handle(), images.handle());
    training.add(intake);
    evaluation.add(intake);
    return given;
  }

  private Tensor lossGradient(Tensor gradient) {
    if (device.storesFloats()) {
      return gradient;
    }
    Tensor given = device.floats(compilation.batch(), compilation.volume(layers.size()));
    backward.add(device.reorder("loss gradient", given.handle(), gradient.handle()));
    return given;
  }

  private Tensor features(Tensor features) {
    if (device.storesFloats()) {
      return features;
    }
    Tensor taken = device.floats(compilation.batch(), compilation.volume(architecture.neck()));
    Kernel outlet = device.reorder("features", features.handle(), taken.handle());
    training.add(outlet);
    evaluation.add(outlet);
    return taken;
  }

  private void forward(Layer layer) {
    int value = layers.size() + 1;
    LayerKernels kernels =
        switch (layer) {
          case Layer.Convolution c -> new ConvolutionKernels(compilation, c, value);
          case Layer.BatchNorm b -> new BatchNormKernels(compilation, b, value);
          case Layer.Rectifier r -> new RectifierKernels(compilation, r, value);
          case Layer.Sum s -> new SumKernels(compilation, s, value);
          case Layer.Concat c -> new ConcatKernels(compilation, c, value);
          case Layer.PadShortcut p -> new PadShortcutKernels(compilation, p, value);
          case Layer.MaxPool p -> new MaxPoolKernels(compilation, p, value);
          case Layer.AveragePool p -> new AveragePoolKernels(compilation, p, value);
          case Layer.Dropout d -> new DropoutKernels(compilation, d, value);
          case Layer.Dense d -> new DenseKernels(compilation, d, value);
        };
    layers.add(kernels);
    List<Kernel> forward = kernels.training();
    training.addAll(forward);
    evaluation.addAll(kernels.evaluation(forward));
  }
}
