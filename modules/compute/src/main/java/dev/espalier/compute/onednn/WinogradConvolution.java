package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * One convolution by Winograd's minimal filtering: the kernels of each direction, as {@link
 * Convolution} has them by oneDNN. Each direction brings the weights into an order in which output
 * channels lie side by side, which costs far less than the direction itself.
 */
final class WinogradConvolution {
  private static final int CHANNELS = 16;

  private final Device device;
  private final Crew crew;
  private final Operands operands;
  private final WinogradPlane input;
  private final WinogradPlane output;
  private final memory.desc plain; // (out, in, 3, 3) as the flat buffers have it

  /**
   * @param crew the plan's threads
   * @throws IllegalArgumentException when it is not {@linkplain #supports supported}
   */
  WinogradConvolution(
      Device device, Crew crew, Winograd form, ConvolutionShape shape, Operands operands) {
    if (!supports(shape)) {
      throw new IllegalArgumentException(
          "expected a convolution that %s computes, got %s in %s"
              .formatted(form, shape, operands.name()));
    }
    this.device = device;
    this.crew = crew;
    this.operands = operands;
    int batch = Math.toIntExact(operands.input().layout().get_dims().get(0));
    this.input = new WinogradPlane(form, batch, shape.in().size(), shape.in().channels());
    this.output = new WinogradPlane(form, batch, shape.out().size(), shape.out().channels());
    this.plain = device.desc(memory.format_tag.abcd, sizes());
  }

  /**
   * Whether this convolution can be computed so: kernels of 3 x 3, stride 1, padding 1, one group,
   * and channels in multiples of 16 on both sides.
   */
  static boolean supports(ConvolutionShape shape) {
    return shape.kernel() == Winograd.KERNEL
        && shape.stride() == 1
        && shape.padding() == 1
        && shape.groups() == 1
        && shape.in().channels() % CHANNELS == 0
        && shape.out().channels() % CHANNELS == 0;
  }

  private long[] sizes() {
    return new long[] {output.channels(), input.channels(), Winograd.KERNEL, Winograd.KERNEL};
  }

  /** From input to output, without the bias. */
  List<Kernel> forward() {
    memory laidOut = device.handed(device.desc(memory.format_tag.cdba, sizes()));
    WinogradFilters filters =
        new WinogradFilters(
            input.form(), input.channels(), output.channels(), addressOf(laidOut), false);
    WinogradTensor from = tensor(input, operands.input());
    WinogradTensor to = tensor(output, operands.output());
    WinogradPass pass = new WinogradPass(device, crew, from, to, filters);
    return List.of(layOut(laidOut), pass.kernel(operands.name() + " forward"));
  }

  /** From the output's gradient to the input's. */
  List<Kernel> backwardData(Tensor outer, Tensor inner) {
    memory laidOut = device.handed(device.desc(memory.format_tag.cdab, sizes()));
    WinogradFilters filters =
        new WinogradFilters(
            input.form(), output.channels(), input.channels(), addressOf(laidOut), true);
    WinogradTensor from = tensor(output, outer);
    WinogradTensor to = tensor(input, inner);
    WinogradPass pass = new WinogradPass(device, crew, from, to, filters);
    return List.of(layOut(laidOut), pass.kernel(operands.name() + " backward data"));
  }

  /** From the output's gradient to that of weights and bias. */
  List<Kernel> backwardWeights(Tensor outer) {
    memory laidOut = device.handed(device.desc(memory.format_tag.cdba, sizes()));
    WinogradTensor values = tensor(input, operands.input());
    WinogradTensor gradient = tensor(output, outer);
    WinogradWeightsPass pass =
        new WinogradWeightsPass(device, crew, values, gradient, addressOf(laidOut));
    memory flat = device.at(operands.weights().gradient(), plain);
    List<Kernel> kernels =
        new ArrayList<>(
            List.of(
                pass.kernel(operands.name() + " backward weights"),
                device.reorder(operands.name() + " gradient", laidOut, flat)));
    operands.bias().ifPresent(bias -> kernels.add(backwardBias(gradient, bias)));
    return kernels;
  }

  private Kernel backwardBias(WinogradTensor outer, Operands.Learned bias) {
    return new BiasGradient(device, crew, outer, bias.gradient())
        .kernel(operands.name() + " backward bias");
  }

  private WinogradTensor tensor(WinogradPlane plane, Tensor tensor) {
    return new WinogradTensor(plane, tensor.address(), device.storesFloats());
  }

  private Kernel layOut(memory to) {
    memory weights = device.at(operands.weights().address(), plain);
    return device.reorder(operands.name() + " weights", weights, to);
  }

  private long addressOf(memory laidOut) {
    return laidOut.get_data_handle().address();
  }
}
