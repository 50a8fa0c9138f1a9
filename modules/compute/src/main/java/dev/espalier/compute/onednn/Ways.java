package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import dev.espalier.compute.network.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.memory;

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

  private boolean filterable() {
    return WinogradConvolution.supports(shape);
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
    if (operands.bias().isPresent()) {
      all.add(biased(operands.bias().get(), activation));
    } else if (activation != Activation.NONE) {
      all.add(new Cutoff(device, operands.name(), activation, operands.output()).forward());
    }
    return all;
  }

  /** Adds the bias to the output, and takes it through {@code activation}. */
  private Kernel biased(Operands.Learned bias, Activation activation) {
    memory.desc one = device.desc(memory.format_tag.abcd, 1, shape.out().channels(), 1, 1);
    Tensor output = operands.output();
    var desc =
        new binary.primitive_desc(
            device.engine(),
            dnnl_binary_add,
            output.layout(),
            one,
            output.layout(),
            device.followedBy(activation),
            false);
    return device.kernel(
        operands.name() + " bias",
        desc,
        new binary(desc),
        Map.of(
            DNNL_ARG_SRC_0, output.handle(),
            DNNL_ARG_SRC_1, device.at(bias.address(), one),
            DNNL_ARG_DST, output.handle()));
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
