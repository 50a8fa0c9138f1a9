package dev.espalier.compute.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A network: layers in the order in which they are computed. The last ones are its head, which
 * makes answers of the features that it reads; the layers before are the trunk.
 *
 * @param name what to call it in messages
 * @param images the volume of one input image
 * @param layers the layers; each reads only values of layers before it, see {@link Layer}
 * @param headLength how many layers the head has: a dense one, and more behind it if it is a
 *     projection; the last is dense
 */
public record Architecture(String name, Volume images, List<Layer> layers, int headLength) {
  /**
   * Copies the layers and checks that they fit each other.
   *
   * @throws IllegalArgumentException when a layer does not fit what it reads, reads a value that is
   *     not there yet, or gives one that no layer reads, when two layers have one name, or when the
   *     head is not as long as said, or does not begin or end with a dense layer
   */
  public Architecture {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || !(layers.getLast() instanceof Layer.Dense)) {
      throw new IllegalArgumentException("expected " + name + " to end in a dense layer");
    }
    int trunk = layers.size() - headLength;
    if (headLength < 1 || trunk < 0 || !(layers.get(trunk) instanceof Layer.Dense)) {
      throw new IllegalArgumentException(
          "expected a head of %s that begins with a dense layer, got its last %d layers"
              .formatted(name, headLength));
    }
    Volumes.of(images, layers);
  }

  /**
   * A network whose head is its last layer.
   *
   * @throws IllegalArgumentException when a layer does not fit
   */
  public Architecture(String name, Volume images, List<Layer> layers) {
    this(name, images, layers, 1);
  }

  /**
   * The same with a head of two dense layers and a ReLU between them (Chen et al. 2020, "A simple
   * framework for contrastive learning"). They are named as if {@code torch.nn.Sequential} stood
   * where the dense layer was: {@code fc.0} and {@code fc.2} for {@code fc}.
   *
   * @param hidden what the first of them gives
   * @throws IllegalArgumentException when there is a longer head already, or nothing is hidden
   */
  public Architecture withProjection(int hidden) {
    if (headLength > 1) {
      throw new IllegalArgumentException("expected " + name + " to have one dense layer as head");
    }
    Layer.Dense last = (Layer.Dense) layers.getLast();
    int value = layers.size();
    List<Layer> all = new ArrayList<>(layers.subList(0, value - 1));
    all.add(new Layer.Dense(last.name() + ".0", last.input(), hidden));
    all.add(new Layer.Rectifier(last.name() + ".1", value, Activation.RELU));
    all.add(new Layer.Dense(last.name() + ".2", value + 1, last.channels()));
    return new Architecture(name, images, all, 3);
  }

  /**
   * The same layers for images of another size. Their weights fit both as long as every dense layer
   * reads as much.
   *
   * @throws IllegalArgumentException when the layers do not fit them
   */
  public Architecture seeing(Volume others) {
    return new Architecture(name, others, layers, headLength);
  }

  /** The volume of every value: the images' first, then that of what each layer gives. */
  public List<Volume> volumes() {
    return Volumes.of(images, layers);
  }

  /** The number of logits, or of whatever else the last layer answers. */
  public int classes() {
    return ((Layer.Dense) layers.getLast()).channels();
  }

  /** The number of features: the values of one image that the head reads. */
  public int features() {
    return volumes().get(neck()).length();
  }

  /** The value that the head reads. */
  public int neck() {
    return head().getFirst().inputs().getFirst();
  }

  /** The last layers, which make answers of features. */
  public List<Layer> head() {
    return layers.subList(layers.size() - headLength, layers.size());
  }

  /** Whether {@code tensor}, such as {@code fc.weight}, belongs to the head. */
  public boolean isOfHead(String tensor) {
    return head().stream().anyMatch(layer -> tensor.startsWith(layer.name() + "."));
  }
}
