package dev.espalier.compute.onednn;

import java.util.Optional;

/**
 * What a convolution works on.
 *
 * @param name the layer's, for profiles
 * @param input the value that it reads
 * @param output the value that it gives
 * @param weights its weights and where their gradient goes, (out, in, kh, kw) in C order
 * @param bias its bias and where that gradient goes, (out)
 */
record Operands(String name, Tensor input, Tensor output, Learned weights, Optional<Learned> bias) {
  /**
   * A tensor of the flat buffers, float32.
   *
   * @param address of its values
   * @param gradient the address of its gradient
   */
  record Learned(long address, long gradient) {}
}
