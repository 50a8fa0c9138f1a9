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
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
  private final Pool pool;
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
    this.pool = new Pool(device);
    pool.reserve(
        IntStream.range(0, volumes.size())
            .filter(value -> room(value) == value)
            .mapToLong(value -> Pool.rounded(bytes(value)))
            .sum());
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

  /** What values lie in, and gradients where values are not needed any more. */
  Pool pool() {
    return pool;
  }

  /** The next value, which a layer gives: in memory of its own or where another lay. */
  Tensor open(int value) {
    if (value != values.size()) {
      throw new IllegalStateException("expected value " + values.size() + " next, got " + value);
    }
    Tensor opened = room(value) == value ? take(value) : values.get(room(value));
    values.add(opened);
    return opened;
  }

  private Tensor take(int value) {
    MemorySegment memory = pool.take(bytes(value));
    return isLogits(value)
        ? device.floats(memory, batch(), volume(value))
        : device.tensor(memory, batch(), volume(value));
  }

  private long bytes(int value) {
    Volume volume = volumes.get(value);
    return isLogits(value)
        ? (long) batch() * volume.length() * Float.BYTES
        : device.bytesOf(batch(), volume);
  }

  /** Whether {@code value} is the last one, which is float32 whatever the others are. */
  private boolean isLogits(int value) {
    return value == architecture.layers().size();
  }

  /** The value in whose memory {@code value} lies, its own unless nobody else needs that one's. */
  private int room(int value) {
    if (value == IMAGES || isLogits(value)) {
      return value;
    }
    int before =
        switch (layer(value)) {
          case Layer.Sum s -> s.main();
          case Layer.Rectifier r -> r.input();
          case Layer.Dropout d -> d.input();
          case Layer.Convolution c -> value;
          case Layer.BatchNorm b -> value;
          case Layer.Dense d -> value;
          case Layer.Concat c -> value;
          case Layer.PadShortcut p -> value;
          case Layer.MaxPool p -> value;
          case Layer.AveragePool p -> value;
        };
    boolean free =
        before != value && before != IMAGES && readers(before) == 1 && !readsBack(layer(before));
    return free ? room(before) : value;
  }

  /**
   * Gives back the memory of {@code value}, whose readers have all been compiled, backward too; not
   * what is read between two steps.
   */
  void close(int value) {
    boolean kept = value == IMAGES || isLogits(value) || value == room(architecture.neck());
    if (!kept && room(value) == value) {
      pool.give(values.get(value).segment());
    }
  }

  /** Whether the backward kernels of the layer that gives {@code value} read it. */
  boolean readsBack(int value) {
    return readsBack(layer(value));
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
