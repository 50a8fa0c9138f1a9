package dev.espalier.compute.network;

import java.util.ArrayList;
import java.util.List;

/** A network while it is described, layer by layer; each layer gives the number of its value. */
final class Stack {
  private final String name;
  private final Volume pictures;
  private final List<Layer> layers = new ArrayList<>();

  Stack(String name, Volume pictures) {
    this.name = name;
    this.pictures = pictures;
  }

  Volume pictures() {
    return pictures;
  }

  int add(Layer layer) {
    layers.add(layer);
    return layers.size();
  }

  int convolution(String name, int input, int channels, int kernel, int stride) {
    return add(new Layer.Convolution(name, input, channels, kernel, stride));
  }

  int normalised(String name, int input, Activation activation) {
    return add(new Layer.BatchNorm(name, input, activation));
  }

  /** The whole network. */
  Architecture done() {
    return new Architecture(name, pictures, layers);
  }
}
