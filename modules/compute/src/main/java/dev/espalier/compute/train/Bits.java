package dev.espalier.compute.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Zeros and ones in float32 as bits, and back: value i is bit i mod 64 of the little-endian word i
 * ÷ 64, the least significant one being bit 0; the last word is filled with zeros.
 */
final class Bits {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bits() {}

  /** The bytes that {@code length} values take. */
  static int bytes(int length) {
    return Math.ceilDiv(length, Long.SIZE) * Long.BYTES;
  }

  static void pack(MemorySegment floats, MemorySegment bits) {
    long length = floats.byteSize() / Float.BYTES;
    for (long from = 0; from < length; from += Long.SIZE) {
      boolean whole = from + Long.SIZE <= length;
      bits.set(WORD, from / Byte.SIZE, whole ? word(floats, from) : rest(floats, from, length));
    }
  }

  private static long word(MemorySegment floats, long from) {
    long word = 0;
    for (int i = 0; i < Long.SIZE; i += LANES.length()) {
      long at = (from + i) * Float.BYTES;
      FloatVector values =
          FloatVector.fromMemorySegment(LANES, floats, at, ByteOrder.nativeOrder());
      word |= values.compare(VectorOperators.NE, 0f).toLong() << i;
    }
    return word;
  }

  private static long rest(MemorySegment floats, long from, long length) {
    long word = 0;
    for (long i = from; i < length; i++) {
      word |= floats.getAtIndex(ValueLayout.JAVA_FLOAT, i) == 0 ? 0 : 1L << (i - from);
    }
    return word;
  }

  static void unpack(MemorySegment bits, MemorySegment floats) {
    long length = floats.byteSize() / Float.BYTES;
    for (long i = 0; i < length; i++) {
      long word = bits.get(WORD, i / Long.SIZE * Long.BYTES);
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (word >>> i % Long.SIZE & 1) == 0 ? 0 : 1);
    }
  }
}
