package dev.espalier.compute.update;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One flat float32 buffer, read and written by vectors.
 *
 * @param start the address of its first value; other addresses are in bytes from there
 */
record Flat(long start) {
  static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  /** Every lane. Loads and stores that are told so are plain ones, which are faster. */
  static final VectorMask<Float> ALL = LANES.maskAll(true);

  static final int STEP = LANES.vectorByteSize();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final MemorySegment MEMORY = everything();

  static Flat of(Parameters parameters, Buffer buffer) {
    return new Flat(parameters.segment(buffer).address());
  }

  // A constant segment over all memory: checking a buffer's own would make a load so large that the
  // compiler no longer inlines it, and then every vector becomes an object.
  @SuppressWarnings("restricted") // addresses come from buffers that outlive the pass
  private static MemorySegment everything() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /** The values of {@code lanes}; 0 in the others. */
  @SuppressWarnings("ReferenceEquality") // which lanes ALL are is known when this is compiled
  FloatVector load(long at, VectorMask<Float> lanes) {
    return lanes == ALL
        ? FloatVector.fromMemorySegment(LANES, MEMORY, start + at, ORDER)
        : FloatVector.fromMemorySegment(LANES, MEMORY, start + at, ORDER, lanes);
  }

  @SuppressWarnings("ReferenceEquality") // as above
  void store(long at, VectorMask<Float> lanes, FloatVector values) {
    if (lanes == ALL) {
      values.intoMemorySegment(MEMORY, start + at, ORDER);
    } else {
      values.intoMemorySegment(MEMORY, start + at, ORDER, lanes);
    }
  }

  /** Where a vector of the mask removes. */
  static VectorMask<Float> removed(FloatVector mask) {
    return mask.compare(VectorOperators.EQ, 0f);
  }
}
