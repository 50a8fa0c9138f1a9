package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;

/**
 * The sizes of a convolution, all but the batch's.
 *
 * @param in the volume of an input image
 * @param out the volume of an output image
 * @param kernel rows, and columns, of the kernel
 * @param stride the step
 * @param padding zeros before the first row and column
 * @param groups into how many the channels are divided
 */
record ConvolutionShape(Volume in, Volume out, int kernel, int stride, int padding, int groups) {
  /** The sizes of {@code layer} between these volumes. */
  static ConvolutionShape of(Layer.Convolution layer, Volume in, Volume out) {
    return new ConvolutionShape(
        in, out, layer.kernel(), layer.stride(), layer.padding(), layer.groups());
  }

  /** Zeros after the last row and column that the last place reaches; below 0 for unread ones. */
  int paddingAfter() {
    return (out.size() - 1) * stride + kernel - in.size() - padding;
  }

  /** Weights in all. */
  int weights() {
    return out.channels() * (in.channels() / groups) * kernel * kernel;
  }

  /** How tables name it. */
  @Override
  public String toString() {
    return "%dx%dx%d to %d, kernel %d, stride %d, padding %d, groups %d"
        .formatted(
            in.channels(), in.size(), in.size(), out.channels(), kernel, stride, padding, groups);
  }
}
