package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * One convolution by oneDNN: the kernels of each direction, in any of its implementations. Each
 * direction copies the weights to the layout that its primitive likes best.
 */
final class Convolution {
  private final Device device;
  private final ConvolutionShape shape;
  private final Operands operands;
  private final memory.desc from;
  private final memory.desc to;
  private final memory.desc anyWeights; // as activations are stored
  private final memory.desc anyGradient; // float32
  private final memory.desc plain; // as the flat buffers have it
  private final memory.desc bias; // empty when there is none
  private final long[] strides;
  private final long[] before;
  private final long[] after;
  private final convolution_forward.primitive_desc hint;

  Convolution(Device device, ConvolutionShape shape, Operands operands) {
    this.device = device;
    this.shape = shape;
    this.operands = operands;
    this.from = operands.input().layout();
    this.to = operands.output().layout();
    this.anyWeights = device.stored(memory.format_tag.any, sizes());
    this.anyGradient = device.desc(memory.format_tag.any, sizes());
    this.plain =
        device.desc(
            shape.groups() == 1 ? memory.format_tag.abcd : memory.format_tag.abcde, sizes());
    this.bias =
        operands.bias().isPresent()
            ? device.desc(memory.format_tag.a, shape.out().channels())
            : device.own(new memory.desc());
    this.strides = pair(shape.stride());
    this.before = pair(shape.padding());
    this.after = pair(shape.paddingAfter());
    this.hint = device.own(describeForward(device.plain()));
  }

  private long[] sizes() {
    long groups = shape.groups();
    long out = shape.out().channels() / groups;
    long in = shape.in().channels() / groups;
    long kernel = shape.kernel();
    return groups == 1
        ? new long[] {out, in, kernel, kernel}
        : new long[] {groups, out, in, kernel, kernel};
  }

  private static long[] pair(long size) {
    return new long[] {size, size};
  }

  private convolution_forward.primitive_desc describeForward(primitive_attr attributes) {
    return new convolution_forward.primitive_desc(
        device.engine(),
        dnnl_forward_training,
        dnnl_convolution_direct,
        from,
        anyWeights,
        bias,
        to,
        strides,
        before,
        after,
        attributes,
        false);
  }

  private convolution_backward_data.primitive_desc describeBackwardData() {
    return new convolution_backward_data.primitive_desc(
        device.engine(),
        dnnl_convolution_direct,
        from,
        anyWeights,
        to,
        strides,
        before,
        after,
        hint,
        device.plain(),
        false);
  }

  private convolution_backward_weights.primitive_desc describeBackwardWeights() {
    return new convolution_backward_weights.primitive_desc(
        device.engine(),
        dnnl_convolution_direct,
        from,
        anyGradient,
        bias,
        to,
        strides,
        before,
        after,
        hint,
        device.plain(),
        false);
  }

  private Offers<convolution_forward.primitive_desc> forwards(primitive_attr attributes) {
    return new Offers<>(
        () -> describeForward(attributes), convolution_forward.primitive_desc::next_impl);
  }

  private Offers<convolution_backward_data.primitive_desc> backwardsData() {
    return new Offers<>(
        this::describeBackwardData, convolution_backward_data.primitive_desc::next_impl);
  }

  private Offers<convolution_backward_weights.primitive_desc> backwardsWeights() {
    return new Offers<>(
        this::describeBackwardWeights, convolution_backward_weights.primitive_desc::next_impl);
  }

  /** The names of oneDNN's implementations of a direction, its first choice first. */
  List<String> implementations(Direction direction) {
    return switch (direction) {
      case FORWARD -> forwards(device.plain()).names();
      case BACKWARD_DATA -> backwardsData().names();
      case BACKWARD_WEIGHTS -> backwardsWeights().names();
    };
  }

  /**
   * From input to output.
   *
   * @param attributes what else happens to the output, such as max(0, ·)
   * @param implementation its name; oneDNN's first choice when empty
   */
  List<Kernel> forward(primitive_attr attributes, Optional<String> implementation) {
    var desc = forwards(attributes).take(implementation);
    memory laidOut = device.handed(device.own(desc.weights_desc()));
    Map<Integer, memory> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, operands.input().handle());
    arguments.put(DNNL_ARG_WEIGHTS, laidOut);
    arguments.put(DNNL_ARG_DST, operands.output().handle());
    operands.bias().ifPresent(b -> arguments.put(DNNL_ARG_BIAS, device.at(b.address(), bias)));
    return List.of(
        layOut(laidOut),
        device.kernel(
            operands.name() + " forward", desc, new convolution_forward(desc), arguments));
  }

  private Kernel layOut(memory to) {
    memory weights = device.at(operands.weights().address(), plain);
    return device.reorder(operands.name() + " weights", weights, to);
  }

  /** From the output's gradient to the input's. */
  List<Kernel> backwardData(Tensor outer, Tensor inner, Optional<String> implementation) {
    var desc = backwardsData().take(implementation);
    memory laidOut = device.handed(device.own(desc.weights_desc()));
    return List.of(
        layOut(laidOut),
        device.kernel(
            operands.name() + " backward data",
            desc,
            new convolution_backward_data(desc),
            Map.of(
                DNNL_ARG_DIFF_DST, outer.handle(),
                DNNL_ARG_WEIGHTS, laidOut,
                DNNL_ARG_DIFF_SRC, inner.handle())));
  }

  /** From the output's gradient to that of weights and bias. */
  List<Kernel> backwardWeights(Tensor outer, Optional<String> implementation) {
    var desc = backwardsWeights().take(implementation);
    memory laidOut = device.handed(device.own(desc.diff_weights_desc()));
    Map<Integer, memory> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, operands.input().handle());
    arguments.put(DNNL_ARG_DIFF_DST, outer.handle());
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, laidOut);
    operands
        .bias()
        .ifPresent(b -> arguments.put(DNNL_ARG_DIFF_BIAS, device.at(b.gradient(), bias)));
    memory gradient = device.at(operands.weights().gradient(), plain);
    return List.of(
        device.kernel(
            operands.name() + " backward weights",
            desc,
            new convolution_backward_weights(desc),
            arguments),
        device.reorder(operands.name() + " gradient", laidOut, gradient));
  }
}
