package dev.espalier.compute.network;

import java.util.ArrayList;
import java.util.List;

/** A network while it is described, layer by layer; each layer gives the number of its value. */
final class Stack {
  /** The most rows that small pictures have. */
  static final int SMALL = 64;

  private final String name;
  private final Volume pictures;
  private final List<Layer> layers = new ArrayList<>();

  Stack(String name, Volume pictures) {
    this.name = name;
    this.pictures = pictures;
  }

  /** Whether the pictures are too small for a network as it is made for ImageNet. */
  boolean small() {
    return pictures.size() <= SMALL;
  }

  /**
   * Refuses smaller pictures.
   *
   * @throws IllegalArgumentException when they have fewer than {@code least} rows
   */
  void require(int least) {
    if (pictures.size() < least) {
      throw new IllegalArgumentException(
          "expected pictures of at least %dx%d for %s, got %dx%d"
              .formatted(least, least, name, pictures.size(), pictures.size()));
    }
  }

  int add(Layer layer) {
    layers.add(layer);
    return layers.size();
  }

  int convolution(String name, int input, int channels, int kernel, int stride) {
    return add(new Layer.Convolution(name, input, channels, kernel, stride));
  }

  int depthwise(String name, int input, int channels, int stride) {
    return add(Layer.Convolution.depthwise(name, input, channels, 3, stride));
  }

  int normalised(String name, int input, Activation activation) {
    return add(new Layer.BatchNorm(name, input, activation));
  }

  int relu(String name, int input) {
    return add(new Layer.Rectifier(name, input, Activation.RELU));
  }

  int maxPool(String name, int input, Window window) {
    return add(new Layer.MaxPool(name, input, window));
  }

  int averagePool(String name, int input) {
    return add(new Layer.AveragePool(name, input));
  }

  int dropout(String name, int input, double probability) {
    return add(new Layer.Dropout(name, input, probability));
  }

  int dense(String name, int input, int channels) {
    return add(new Layer.Dense(name, input, channels));
  }

  /** The whole network. */
  Architecture done() {
    return new Architecture(name, pictures, layers);
  }
}
