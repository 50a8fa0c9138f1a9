package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Layer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Channels one after the other: each part is copied to its place, and its gradient back. */
final class ConcatKernels implements LayerKernels {
  private final Compilation compilation;
  private final Layer.Concat layer;
  private final Tensor output;

  ConcatKernels(Compilation compilation, Layer.Concat layer, int value) {
    this.compilation = compilation;
    this.layer = layer;
    this.output = compilation.open(value);
  }

  @Override
  public List<Kernel> training() {
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < layer.parts().size(); i++) {
      Tensor part = compilation.value(layer.parts().get(i));
      kernels.add(
          compilation.device().reorder(layer.name() + " part", part.handle(), place(i, output)));
    }
    return kernels;
  }

  @Override
  public List<Kernel> backward(Gradients gradients, int value) {
    Tensor outer = gradients.of(value);
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < layer.parts().size(); i++) {
      memory place = place(i, outer);
      String name = layer.name() + " part backward";
      kernels.addAll(
          gradients.write(
              layer.parts().get(i),
              inner -> List.of(compilation.device().reorder(name, place, inner.handle()))));
    }
    gradients.close(value);
    return kernels;
  }

  /** The channels of part {@code index} in {@code whole}. */
  private memory place(int index, Tensor whole) {
    int before =
        layer.parts().subList(0, index).stream()
            .mapToInt(part -> compilation.volume(part).channels())
            .sum();
    return compilation
        .device()
        .channels(whole, compilation.batch(), compilation.volume(layer.parts().get(index)), before);
  }
}
