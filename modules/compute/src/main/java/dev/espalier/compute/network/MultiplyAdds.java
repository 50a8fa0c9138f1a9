package dev.espalier.compute.network;

import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.util.List;

/**
 * Counts the multiply-adds of a network's convolutions and dense layers for one image; what else it
 * computes is not counted. Products with the zeros of a padding are not counted either, since
 * nobody has to do them. The backward pass takes as many again for the gradient of the weights, and
 * again for that of what a layer reads, which layers that read the images do not need.
 */
public final class MultiplyAdds {
  private MultiplyAdds() {}

  /** Of a forward pass over one image. */
  public static long ofEvaluation(Architecture architecture) {
    return count(architecture, false);
  }

  /** Of a training step, for each image of it. */
  public static long ofTraining(Architecture architecture) {
    return count(architecture, true);
  }

  private static long count(Architecture architecture, boolean backward) {
    List<Volume> volumes = architecture.volumes();
    long count = 0;
    for (int i = 0; i < architecture.layers().size(); i++) {
      Layer layer = architecture.layers().get(i);
      boolean readsImages = layer.inputs().contains(0);
      int passes = !backward ? 1 : readsImages ? 2 : 3;
      count += passes * forward(layer, volumes.get(layer.inputs().getFirst()), volumes.get(i + 1));
    }
    return count;
  }

  /**
   * Of a forward pass over one image under {@code mask}: of each layer its products times the
   * density of its mask, rounded. Layers without one count whole.
   */
  public static long ofEvaluation(Architecture architecture, Mask mask) {
    List<Volume> volumes = architecture.volumes();
    long count = 0;
    for (int i = 0; i < architecture.layers().size(); i++) {
      Layer layer = architecture.layers().get(i);
      Volume input = volumes.get(layer.inputs().getFirst());
      double density =
          mask.tensor(layer.name() + ".weight")
              .map(TensorMask::kept)
              .map(Kept::density)
              .orElse(1.0);
      count += Math.round(forward(layer, input, volumes.get(i + 1)) * density);
    }
    return count;
  }

  private static long forward(Layer layer, Volume input, Volume output) {
    return switch (layer) {
      case Layer.Convolution c -> {
        long taps = taps(input.size(), output.size(), c.window());
        yield taps * taps * input.channels() / c.groups() * c.channels();
      }
      case Layer.Dense d -> (long) input.length() * d.channels();
      case Layer.BatchNorm b -> 0;
      case Layer.Rectifier r -> 0;
      case Layer.Sum s -> 0;
      case Layer.Concat c -> 0;
      case Layer.PadShortcut p -> 0;
      case Layer.MaxPool p -> 0;
      case Layer.AveragePool p -> 0;
      case Layer.Dropout d -> 0;
    };
  }

  /** How often, along one side, a row of the kernel meets a row of the input. */
  private static long taps(int input, int output, Window kernel) {
    long taps = 0;
    for (int place = 0; place < output; place++) {
      int first = place * kernel.stride() - kernel.padding();
      taps += Math.min(input, first + kernel.size()) - Math.max(0, first);
    }
    return taps;
  }
}
