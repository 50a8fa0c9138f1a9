package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All ways to compute one convolution: oneDNN's implementations and, where the shape allows them,
 * Winograd's minimal filterings.
 */
final class Ways {
  private final Device device;
  private final ConvolutionShape shape;
  private final Operands operands;
  private final Form form;
  private final Convolution direct;

  Ways(Device device, ConvolutionShape shape, Operands operands, Form form) {
    this.device = device;
    this.shape = shape;
    this.operands = operands;
    this.form = form;
    this.direct = new Convolution(device, shape, operands);
  }

  /** The names of all for a direction, oneDNN's first choice first. */
  List<String> names(Direction direction) {
    List<String> names = new ArrayList<>(direct.implementations(direction));
    if (filterable()) {
      Arrays.stream(Winograd.values()).map(Winograd::toString).forEach(names::add);
    }
    return names;
  }

  // A bias is summed only by the direct kernels.
  private boolean filterable() {
    return WinogradConvolution.supports(shape, operands);
  }

  private Optional<WinogradConvolution> filtering(Optional<String> name) {
    return name.flatMap(Winograd::named).filter(any -> filterable()).map(this::filtering);
  }

  private WinogradConvolution filtering(Winograd size) {
    return new WinogradConvolution(device, form.crew(), size, shape, operands);
  }

  /** From input to output, and through {@code activation}. */
  List<Kernel> forward(Activation activation, Optional<String> name) {
    return filtering(name)
        .map(winograd -> followed(winograd.forward(), activation))
        .orElseGet(() -> direct.forward(device.followedBy(activation), name));
  }

  private List<Kernel> followed(List<Kernel> kernels, Activation activation) {
    List<Kernel> all = new ArrayList<>(kernels);
    if (activation != Activation.NONE) {
      all.add(new Cutoff(device, operands.name(), activation, operands.output()).forward());
    }
    return all;
  }

  /** From the output's gradient to the input's. */
  List<Kernel> backwardData(Tensor outer, Tensor inner, Optional<String> name) {
    return filtering(name)
        .map(winograd -> winograd.backwardData(outer, inner))
        .orElseGet(() -> direct.backwardData(outer, inner, name));
  }

  /** From the output's gradient to that of weights and bias. */
  List<Kernel> backwardWeights(Tensor outer, Optional<String> name) {
    return filtering(name)
        .map(winograd -> winograd.backwardWeights(outer))
        .orElseGet(() -> direct.backwardWeights(outer, name));
  }
}
