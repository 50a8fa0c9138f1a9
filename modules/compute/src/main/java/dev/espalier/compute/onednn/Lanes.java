package dev.espalier.compute.onednn;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of float32 at addresses outside the heap. Who calls sees to it that the memory is there:
 * nothing checks the address.
 */
final class Lanes {
  /** As many lanes as the processor has. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The bytes of one vector. */
  static final int BYTES = SPECIES.vectorByteSize();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** All of it, by address. */
  static final MemorySegment MEMORY = everything();

  private Lanes() {}

  // A constant segment over all memory costs a load or store one compare, which is as good as none.
  @SuppressWarnings("restricted") // addresses come from arrays that outlive the kernels
  private static MemorySegment everything() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(SPECIES, MEMORY, address, ORDER);
  }

  static void store(FloatVector values, long address) {
    values.intoMemorySegment(MEMORY, address, ORDER);
  }

  /** Writes zeros to {@code bytes} bytes, a multiple of 4. */
  static void clear(long address, long bytes) {
    MEMORY.asSlice(address, bytes).fill((byte) 0);
  }

  /** Adds {@code bytes} bytes of values, a multiple of {@link #BYTES}, to others. */
  static void add(long from, long to, int bytes) {
    for (int i = 0; i < bytes; i += BYTES) {
      store(load(to + i).add(load(from + i)), to + i);
    }
  }
}
