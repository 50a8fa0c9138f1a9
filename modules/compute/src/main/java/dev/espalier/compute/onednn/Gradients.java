package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Volume;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the gradient of each value lies while the backward pass is compiled, from the last layer to
 * the first: a gradient takes a block of memory when it is first written and gives it back after
 * the last kernel that reads it.
 */
final class Gradients {
  private final Device device;
  private final Pool pool;
  private final int batch;
  private final List<Volume> volumes;
  private final Map<Integer, Block> blocks = new HashMap<>();

  Gradients(Device device, Pool pool, int batch, List<Volume> volumes) {
    this.device = device;
    this.pool = pool;
    this.batch = batch;
    this.volumes = volumes;
  }

  /** The gradient of {@code value}, which a kernel before this point has written. */
  Tensor of(int value) {
    return tensor(value, block(value));
  }

  /** Memory for the gradient of {@code value}, which no kernel has written yet. */
  Tensor open(int value) {
    Block block = take(value);
    blocks.put(value, block);
    return tensor(value, block);
  }

  /**
   * The kernels that {@code writer} makes for a gradient of {@code value}; where another reader of
   * the value has written one before, theirs is added to it.
   */
  List<Kernel> write(int value, Function<Tensor, List<Kernel>> writer) {
    if (!blocks.containsKey(value)) {
      return writer.apply(open(value));
    }
    Block part = take(value);
    List<Kernel> kernels = new ArrayList<>(writer.apply(tensor(value, part)));
    kernels.addAll(separate(value));
    kernels.add(device.add("join of value " + value, of(value), tensor(value, part)));
    pool.give(part.segment);
    return kernels;
  }

  /**
   * As {@link #write}, for kernels that may write where they read the gradient of {@code outer}, as
   * large as theirs, whose last reader they are.
   */
  List<Kernel> writeInPlaceOf(int outer, int value, Function<Tensor, List<Kernel>> writer) {
    if (blocks.containsKey(value) || block(outer).readers > 1) {
      List<Kernel> kernels = write(value, writer);
      close(outer);
      return kernels;
    }
    Block block = block(outer);
    blocks.remove(outer);
    blocks.put(value, block);
    return writer.apply(tensor(value, block));
  }

  /** Gives {@code value} the very same gradient as {@code other}, or adds it to what it has. */
  List<Kernel> share(int other, int value) {
    if (blocks.containsKey(value)) {
      List<Kernel> kernels = new ArrayList<>(separate(value));
      kernels.add(device.add("join of value " + value, of(value), of(other)));
      return kernels;
    }
    Block block = block(other);
    block.readers++;
    blocks.put(value, block);
    return List.of();
  }

  /** Sees to it that the gradient of {@code value} shares its memory with no other. */
  List<Kernel> separate(int value) {
    Block shared = block(value);
    if (shared.readers == 1) {
      return List.of();
    }
    Tensor before = of(value);
    close(value);
    return List.of(device.reorder("copy of value " + value, before.handle(), open(value).handle()));
  }

  /** Ends the need for the gradient of {@code value}. */
  void close(int value) {
    Block block = block(value);
    blocks.remove(value);
    block.readers--;
    if (block.readers == 0) {
      pool.give(block.segment);
    }
  }

  private Block take(int value) {
    return new Block(pool.take(device.bytesOf(batch, volumes.get(value))));
  }

  private Tensor tensor(int value, Block block) {
    return device.tensor(block.segment, batch, volumes.get(value));
  }

  private Block block(int value) {
    Block block = blocks.get(value);
    if (block == null) {
      throw new IllegalStateException("expected a gradient of value " + value + ", none is there");
    }
    return block;
  }

  private static final class Block {
    final MemorySegment segment;
    int readers = 1;

    Block(MemorySegment segment) {
      this.segment = segment;
    }
  }
}
