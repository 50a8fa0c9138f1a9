package dev.espalier.compute.prune;

import java.util.List;

/**
 * A tensor as outputs × inputs × places: of a convolution (out, in, kh·kw), of a dense layer (out,
 * in, 1). The weight of an output, an input and a place lies at {@code (output · inputs + input) ·
 * places + place}.
 *
 * @param outputs output channels
 * @param inputs input channels, of a convolution in groups those of one group
 * @param places places of the kernel
 */
record Geometry(int outputs, int inputs, int places) {
  static Geometry of(MaskedTensor tensor) {
    List<Integer> shape = tensor.slot().shape();
    int outputs = shape.getFirst();
    int inputs = shape.size() > 1 ? shape.get(1) : 1;
    return new Geometry(outputs, inputs, tensor.slot().length() / outputs / inputs);
  }

  int index(int output, int input, int place) {
    return (output * inputs + input) * places + place;
  }
}
