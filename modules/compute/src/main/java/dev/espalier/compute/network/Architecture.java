package dev.espalier.compute.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A network: layers in the order in which they are computed. The last is dense and gives the
 * logits; what it reads are the features.
 *
 * @param name what to call it in messages
 * @param images the volume of one input image
 * @param layers the layers; each reads only values of layers before it, see {@link Layer}
 */
public record Architecture(String name, Volume images, List<Layer> layers) {
  /**
   * Copies the layers and checks that they fit each other.
   *
   * @throws IllegalArgumentException when a layer reads a value that is not there yet, when the
   *     sides of a sum differ in volume, when a dense layer reads planes, or when the last layer is
   *     not dense
   */
  public Architecture {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || !(layers.getLast() instanceof Layer.Dense)) {
      throw new IllegalArgumentException("expected " + name + " to end in a dense layer");
    }
    volumesOf(images, layers);
  }

  /** The volume of every value: the images' first, then that of what each layer gives. */
  public List<Volume> volumes() {
    return volumesOf(images, layers);
  }

  /** The number of logits. */
  public int classes() {
    return head().channels();
  }

  /** The number of features: the values that the last layer reads. */
  public int features() {
    return volumes().get(head().input()).length();
  }

  /** The last layer, which gives the logits. */
  public Layer.Dense head() {
    return (Layer.Dense) layers.getLast();
  }

  private static List<Volume> volumesOf(Volume images, List<Layer> layers) {
    List<Volume> volumes = new ArrayList<>(List.of(images));
    for (Layer layer : layers) {
      volumes.add(volumeOf(layer, volumes));
    }
    return List.copyOf(volumes);
  }

  private static Volume volumeOf(Layer layer, List<Volume> before) {
    for (int input : layer.inputs()) {
      require(input >= 0 && input < before.size(), layer, "to read a value before it", input);
    }
    Volume input = before.get(layer.inputs().getFirst());
    return switch (layer) {
      case Layer.Convolution c -> new Volume(c.channels(), (input.size() - 1) / c.stride() + 1);
      case Layer.BatchNorm b -> input;
      case Layer.AddRelu a -> {
        Volume shortcut = before.get(a.shortcut());
        require(input.equals(shortcut), layer, "to sum equal volumes", input + ", " + shortcut);
        yield input;
      }
      case Layer.AveragePool p -> new Volume(input.channels(), 1);
      case Layer.Dense d -> {
        require(input.size() == 1, layer, "to read pooled values", input);
        yield new Volume(d.channels(), 1);
      }
    };
  }

  private static void require(boolean holds, Layer layer, String expected, Object came) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected layer " + layer.name() + " " + expected + ", got " + came);
    }
  }
}
