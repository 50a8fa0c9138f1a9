package dev.espalier.compute.update;

import jdk.incubator.vector.VectorMask;

/**
 * Something done once with every value of the flat buffers.
 *
 * <p>Each has the loop over its chunk written out: a shared one would be compiled for all passes
 * together, and the vectors would no longer stay in registers.
 */
interface Pass {
  /** Does it with a chunk, on whichever thread. */
  void run(Chunk chunk);

  /** The address of the first value. */
  static long start(Chunk chunk) {
    return (long) chunk.from() * Float.BYTES;
  }

  /** The address after the last value. */
  static long end(Chunk chunk) {
    return (long) chunk.to() * Float.BYTES;
  }

  /** The lanes that are left from {@code at} to {@code end}, fewer than a vector has. */
  static VectorMask<Float> rest(long at, long end) {
    return Flat.LANES.indexInRange(0, (int) ((end - at) / Float.BYTES));
  }
}
