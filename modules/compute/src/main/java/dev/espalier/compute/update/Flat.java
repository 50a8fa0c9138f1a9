package dev.espalier.compute.update;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** One flat float32 buffer, read and written by vectors; addresses are in bytes. */
record Flat(MemorySegment segment) {
  static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  /** Every lane. Loads and stores that are told so are plain ones, which are faster. */
  static final VectorMask<Float> ALL = LANES.maskAll(true);

  static final int STEP = LANES.vectorByteSize();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static Flat of(Parameters parameters, Buffer buffer) {
    return new Flat(parameters.segment(buffer));
  }

  /** The values of {@code lanes}; 0 in the others. */
  @SuppressWarnings("ReferenceEquality") // which lanes ALL are is known when this is compiled
  FloatVector load(long at, VectorMask<Float> lanes) {
    return lanes == ALL
        ? FloatVector.fromMemorySegment(LANES, segment, at, ORDER)
        : FloatVector.fromMemorySegment(LANES, segment, at, ORDER, lanes);
  }

  @SuppressWarnings("ReferenceEquality") // as above
  void store(long at, VectorMask<Float> lanes, FloatVector values) {
    if (lanes == ALL) {
      values.intoMemorySegment(segment, at, ORDER);
    } else {
      values.intoMemorySegment(segment, at, ORDER, lanes);
    }
  }

  /** Where a vector of the mask removes. */
  static VectorMask<Float> removed(FloatVector mask) {
    return mask.compare(VectorOperators.EQ, 0f);
  }
}
