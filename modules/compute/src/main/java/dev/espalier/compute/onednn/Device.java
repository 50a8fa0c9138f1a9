package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.domain.study.Precision;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * oneDNN's side of one plan: makes its memories and kernels, and frees them together.
 *
 * <p>All kernels share one scratchpad, because they run one after the other. oneDNN's own would
 * belong to the thread that made the primitive, while a plan may be run by another.
 */
final class Device implements AutoCloseable {
  private final List<Pointer> owned = new ArrayList<>();
  private final List<NativeArray> arrays = new ArrayList<>();
  private final List<LongConsumer> sharers = new ArrayList<>();
  private final engine cpu = own(new engine(dnnl_cpu, 0));
  private final stream queue = own(new stream(cpu));
  private final primitive_attr plain = own(attributes());
  private final primitive_attr sum = own(attributes());
  private final Map<Activation, primitive_attr> followed = new EnumMap<>(Activation.class);
  private final memory.data_type stored;
  private long sharedBytes;
  private Optional<NativeArray> handed = Optional.empty();

  /** A device whose plan stores and multiplies activations in {@code precision}. */
  Device(Precision precision) {
    stored =
        switch (precision) {
          case FLOAT32 -> memory.data_type.f32;
          case BF16 -> memory.data_type.bf16;
        };
    post_ops added = own(new post_ops());
    added.append_sum();
    sum.set_post_ops(added);
  }

  private static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl_scratchpad_mode_user);
    return attributes;
  }

  engine engine() {
    return cpu;
  }

  /** What primitives are executed on; several threads may, each a primitive of its own. */
  stream queue() {
    return queue;
  }

  /** Attributes of a primitive that does nothing more. */
  primitive_attr plain() {
    return plain;
  }

  /** Attributes of a primitive whose result goes through {@code activation}. */
  primitive_attr followedBy(Activation activation) {
    return followed.computeIfAbsent(activation, this::attributesOf);
  }

  private primitive_attr attributesOf(Activation activation) {
    primitive_attr attributes = own(attributes());
    post_ops after = own(new post_ops());
    switch (activation) {
      case NONE -> {}
      case RELU -> after.append_eltwise(dnnl_eltwise_relu, 0f, 0f);
      case RELU6 -> after.append_eltwise(dnnl_eltwise_clip_v2, 0f, Cutoff.SIX);
    }
    attributes.set_post_ops(after);
    return attributes;
  }

  /** Attributes of a primitive whose result is added to what is there. */
  primitive_attr sum() {
    return sum;
  }

  /** Keeps an object of oneDNN's until the plan is closed. */
  <P extends Pointer> P own(P pointer) {
    owned.add(pointer);
    return pointer;
  }

  /** A float32 layout. */
  memory.desc desc(memory.format_tag format, long... sizes) {
    return desc(memory.data_type.f32, format, sizes);
  }

  /** A layout in the precision that activations are stored in. */
  memory.desc stored(memory.format_tag format, long... sizes) {
    return desc(stored, format, sizes);
  }

  private memory.desc desc(memory.data_type type, memory.format_tag format, long... sizes) {
    return own(new memory.desc(sizes, type, format));
  }

  /** Whether activations are stored in float32. */
  boolean storesFloats() {
    return stored == memory.data_type.f32;
  }

  /** As many channels of a batch as {@code volume} has, from the {@code first} one on. */
  memory channels(Tensor whole, int batch, Volume volume, int first) {
    long[] sizes = {batch, volume.channels(), volume.size(), volume.size()};
    long[] offsets = {0, first, 0, 0};
    return at(whole.address(), own(whole.layout().submemory_desc(sizes, offsets)));
  }

  /** The memory at {@code address}. */
  memory at(long address, memory.desc layout) {
    return own(new memory(layout, cpu, new Address(address)));
  }

  /** Makes memory for what one kernel hands to the next, if that takes at most so many floats. */
  void reserveHanded(long floats) {
    handed = Optional.of(allocate(floats));
  }

  /** Memory for what a kernel leaves to the very next one, and nobody reads after that. */
  memory handed(memory.desc layout) {
    return handed
        .filter(array -> layout.get_size() <= array.segment().byteSize())
        .map(array -> at(array.address(), layout))
        .orElseGet(() -> allocate(layout));
  }

  /** New memory. */
  memory allocate(memory.desc layout) {
    return at(allocate(floatsIn(layout.get_size())).address(), layout);
  }

  private static long floatsIn(long bytes) {
    return Math.ceilDiv(bytes, Float.BYTES);
  }

  /** New memory for a batch of volumes as activations are stored. */
  Tensor tensor(int batch, Volume volume) {
    return tensor(allocate(floatsIn(bytesOf(batch, volume))).segment(), batch, volume);
  }

  /** The bytes that a batch of volumes takes as activations are stored. */
  long bytesOf(int batch, Volume volume) {
    return (long) batch * volume.length() * (storesFloats() ? Float.BYTES : Short.BYTES);
  }

  /** A batch of volumes at the beginning of {@code room}, as activations are stored. */
  Tensor tensor(MemorySegment room, int batch, Volume volume) {
    return tensor(room, lastChannels(stored, batch, volume));
  }

  /** New memory for a batch of volumes in float32. */
  Tensor floats(int batch, Volume volume) {
    return floats(allocate((long) batch * volume.length()).segment(), batch, volume);
  }

  /** A batch of volumes in float32 at the beginning of {@code room}. */
  Tensor floats(MemorySegment room, int batch, Volume volume) {
    return tensor(room, lastChannels(memory.data_type.f32, batch, volume));
  }

  private memory.desc lastChannels(memory.data_type type, int batch, Volume volume) {
    return desc(
        type, memory.format_tag.acdb, batch, volume.channels(), volume.size(), volume.size());
  }

  private Tensor tensor(MemorySegment room, memory.desc layout) {
    return new Tensor(layout, at(room.address(), layout), room.asSlice(0, layout.get_size()));
  }

  /** New memory for {@code length} floats. */
  NativeArray allocate(long length) {
    NativeArray array = NativeArray.floats(length);
    arrays.add(array);
    return array;
  }

  /** The kernel that runs a primitive on these arguments. */
  Kernel kernel(
      String name, primitive_desc_base desc, primitive work, Map<Integer, memory> arguments) {
    own(desc);
    own(work);
    IntMemoryMap bound = own(new IntMemoryMap());
    arguments.forEach(bound::put);
    memory.desc scratch = own(desc.scratchpad_desc());
    if (scratch.get_size() > 0) {
      bound.put(DNNL_ARG_SCRATCHPAD, scratchpad(scratch));
    }
    return new Kernel(name, () -> work.execute(queue, bound));
  }

  private memory scratchpad(memory.desc layout) {
    memory scratchpad = at(0, layout);
    share(layout.get_size(), address -> scratchpad.set_data_handle(new Address(address)));
    return scratchpad;
  }

  /**
   * Lets a kernel use {@code bytes} bytes of the memory that all kernels share, which holds
   * anything when the kernel begins. {@code user} is told where it lies once the last kernel has
   * been made.
   */
  void share(long bytes, LongConsumer user) {
    sharers.add(user);
    sharedBytes = Math.max(sharedBytes, bytes);
  }

  /** The kernel that copies from one layout to another. */
  Kernel reorder(String name, memory from, memory to) {
    reorder.primitive_desc desc = new reorder.primitive_desc(from, to, plain, false);
    return kernel(
        name,
        desc,
        new reorder(desc),
        Map.of(
            DNNL_ARG_FROM, from,
            DNNL_ARG_TO, to));
  }

  /** The kernel that adds {@code part} to {@code sum}. */
  Kernel add(String name, Tensor sum, Tensor part) {
    binary.primitive_desc desc =
        new binary.primitive_desc(
            cpu, dnnl_binary_add, sum.layout(), part.layout(), sum.layout(), plain, false);
    return kernel(
        name,
        desc,
        new binary(desc),
        Map.of(
            DNNL_ARG_SRC_0, sum.handle(),
            DNNL_ARG_SRC_1, part.handle(),
            DNNL_ARG_DST, sum.handle()));
  }

  /** Gives every kernel its scratchpad: once, after the last has been made. */
  void allocateScratchpad() {
    long address = allocate(floatsIn(sharedBytes)).address();
    sharers.forEach(user -> user.accept(address));
  }

  /** Returns when all work that was handed over is done. */
  void await() {
    queue._wait();
  }

  @Override
  public void close() {
    owned.reversed().forEach(Pointer::close);
    arrays.forEach(NativeArray::close);
  }

  /** A pointer to memory that somebody else owns. */
  private static final class Address extends Pointer {
    Address(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }
}
