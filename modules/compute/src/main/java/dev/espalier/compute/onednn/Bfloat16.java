package dev.espalier.compute.onednn;

import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Between bf16, which is the upper half of a float32, and float32 itself. */
final class Bfloat16 {
  private static final int BITS = 16;
  private static final int BELOW_HALF = 0x7fff;
  private static final int NOT_A_NUMBER = 0x7fc0;
  private static final int BYTES = Lanes.BYTES / 2;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Integer> WIDE =
      VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
  private static final VectorSpecies<Short> NARROW =
      VectorSpecies.of(short.class, VectorShape.forBitSize(BYTES * Byte.SIZE));

  private Bfloat16() {}

  /**
   * Reads bf16 and writes float32.
   *
   * @param walk where runs begin, in bytes of bf16 read and float32 written
   */
  static void widen(long from, long to, Walk walk) {
    int run = 0;
    int inRun = walk.vectors();
    long r = from + walk.from(0);
    long w = to + walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      ShortVector half = ShortVector.fromMemorySegment(NARROW, Lanes.MEMORY, r, ORDER);
      IntVector bits = (IntVector) half.convertShape(ZERO_EXTEND_S2I, WIDE, 0);
      Lanes.store(bits.lanewise(LSHL, BITS).reinterpretAsFloats(), w);
      r += BYTES;
      w += Lanes.BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = from + walk.from(run);
        w = to + walk.to(run);
      }
    }
  }

  /**
   * Reads float32 and writes bf16, rounded to the nearest, of two to the even one.
   *
   * @param walk where runs begin, in bytes of float32 read and bf16 written
   */
  static void narrow(long from, long to, Walk walk) {
    int run = 0;
    int inRun = walk.vectors();
    long r = from + walk.from(0);
    long w = to + walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector value = Lanes.load(r);
      IntVector bits = value.reinterpretAsInts();
      IntVector odd = bits.lanewise(LSHR, BITS).and(1);
      IntVector rounded = bits.add(odd).add(BELOW_HALF).lanewise(LSHR, BITS);
      IntVector safe = rounded.blend(NOT_A_NUMBER, value.compare(NE, value).cast(WIDE));
      ((ShortVector) safe.convertShape(I2S, NARROW, 0)).intoMemorySegment(Lanes.MEMORY, w, ORDER);
      r += Lanes.BYTES;
      w += BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = from + walk.from(run);
        w = to + walk.to(run);
      }
    }
  }
}
