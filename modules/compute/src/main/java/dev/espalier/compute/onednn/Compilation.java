package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Noise;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/** What a layer needs to know of its network while it is compiled: where everything lies. */
final class Compilation {
  /** The number of the value that holds the images. */
  static final int IMAGES = 0;

  private final Device device;
  private final Architecture architecture;
  private final Parameters parameters;
  private final Form form;
  private final List<Volume> volumes;
  private final NativeArray batchStatistics;
  private final Map<String, Slot> slots = new HashMap<>();
  private final List<Tensor> values = new ArrayList<>();
  private final List<Noise> noises = new ArrayList<>();

  Compilation(Device device, Architecture architecture, Parameters parameters, Form form) {
    this.device = device;
    this.architecture = architecture;
    this.parameters = parameters;
    this.form = form;
    this.volumes = architecture.volumes();
    this.batchStatistics = device.allocate(parameters.length(Buffer.STATISTICS));
    device.reserveHanded(parameters.slots().stream().mapToLong(Slot::length).max().orElse(0));
    parameters.slots().forEach(slot -> slots.put(slot.name(), slot));
    parameters.statistics().forEach(slot -> slots.put(slot.name(), slot));
    open(IMAGES);
  }

  Device device() {
    return device;
  }

  int batch() {
    return form.batch();
  }

  Form form() {
    return form;
  }

  /** The implementation that a direction of a convolution is to take, if one is chosen. */
  Optional<String> choice(Direction direction, ConvolutionShape shape) {
    return form.choices().of(form.precision(), direction, shape);
  }

  Volume volume(int value) {
    return volumes.get(value);
  }

  /** The mean and biased variance of the last batch, laid out as the running statistics. */
  NativeArray batchStatistics() {
    return batchStatistics;
  }

  /** A value of a layer before. */
  Tensor value(int value) {
    return values.get(value);
  }

  /** New memory for the value that a layer gives, the next one; the logits are float32. */
  Tensor open(int value) {
    Volume volume = volumes.get(value);
    boolean logits = value == architecture.layers().size();
    return put(value, logits ? device.floats(batch(), volume) : device.tensor(batch(), volume));
  }

  /** Memory for the next value: that of {@code before} if nobody needs it afterwards. */
  Tensor openInPlaceOf(int before, int value) {
    boolean free = before != IMAGES && readers(before) == 1 && !readsBack(layer(before));
    return free ? put(value, value(before)) : open(value);
  }

  /** Whether the backward kernels of {@code layer} read what it gave. */
  private static boolean readsBack(Layer layer) {
    return switch (layer) {
      case Layer.BatchNorm b -> b.activation() != Activation.NONE;
      case Layer.Sum s -> s.activation() != Activation.NONE;
      case Layer.Rectifier r -> true;
      case Layer.Convolution c -> false;
      case Layer.Dense d -> false;
      case Layer.Concat c -> false;
      case Layer.PadShortcut p -> false;
      case Layer.MaxPool p -> false;
      case Layer.AveragePool p -> false;
      case Layer.Dropout d -> false;
    };
  }

  /** The activation that a convolution or dense layer applies for the only layer that reads it. */
  Activation fused(int value) {
    boolean able = layer(value) instanceof Layer.Convolution || layer(value) instanceof Layer.Dense;
    if (!able || readers(value) > 1) {
      return Activation.NONE;
    }
    return architecture.layers().stream()
        .filter(layer -> layer instanceof Layer.Rectifier r && r.input() == value)
        .map(layer -> ((Layer.Rectifier) layer).activation())
        .findFirst()
        .orElse(Activation.NONE);
  }

  private Layer layer(int value) {
    return architecture.layers().get(value - 1);
  }

  /** The noise of the layer that gives {@code value}. */
  Noise noise(int value) {
    Noise drawn = new Noise(value - 1);
    noises.add(drawn);
    return drawn;
  }

  /** All noise that a step draws. */
  List<Noise> noises() {
    return noises;
  }

  private long readers(int value) {
    return architecture.layers().stream()
        .flatMap(layer -> layer.inputs().stream())
        .filter(input -> input == value)
        .count();
  }

  private Tensor put(int value, Tensor tensor) {
    if (value != values.size()) {
      throw new IllegalStateException("expected value " + values.size() + " next, got " + value);
    }
    values.add(tensor);
    return tensor;
  }

  memory weights(String name, memory.desc layout) {
    return part(parameters.array(Buffer.WEIGHTS), name, layout);
  }

  memory gradient(String name, memory.desc layout) {
    return part(parameters.array(Buffer.GRADIENTS), name, layout);
  }

  /** A weight or bias and its gradient. */
  Operands.Learned learned(String name) {
    long offset = (long) slot(name).offset() * Float.BYTES;
    return new Operands.Learned(
        parameters.array(Buffer.WEIGHTS).address() + offset,
        parameters.array(Buffer.GRADIENTS).address() + offset);
  }

  memory runningStatistics(String name, memory.desc layout) {
    return part(parameters.array(Buffer.STATISTICS), name, layout);
  }

  memory batchStatistics(String name, memory.desc layout) {
    return part(batchStatistics, name, layout);
  }

  private memory part(NativeArray array, String name, memory.desc layout) {
    return device.at(array.address() + (long) slot(name).offset() * Float.BYTES, layout);
  }

  private Slot slot(String name) {
    return Optional.ofNullable(slots.get(name))
        .orElseThrow(
            () -> new IllegalArgumentException("expected a parameter " + name + ", there is none"));
  }
}
