package dev.espalier.compute.network;

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
   * @throws IllegalArgumentException when a layer does not fit what it reads, reads a value that is
   *     not there yet, or gives one that no layer reads, when two layers have one name, or when the
   *     last layer is not dense
   */
  public Architecture {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || !(layers.getLast() instanceof Layer.Dense)) {
      throw new IllegalArgumentException("expected " + name + " to end in a dense layer");
    }
    Volumes.of(images, layers);
  }

  /** The volume of every value: the images' first, then that of what each layer gives. */
  public List<Volume> volumes() {
    return Volumes.of(images, layers);
  }

  /** The number of logits. */
  public int classes() {
    return head().channels();
  }

  /** The number of features: the values of one image that the last layer reads. */
  public int features() {
    return volumes().get(head().input()).length();
  }

  /** The last layer, which gives the logits. */
  public Layer.Dense head() {
    return (Layer.Dense) layers.getLast();
  }
}
