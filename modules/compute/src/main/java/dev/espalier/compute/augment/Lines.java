package dev.espalier.compute.augment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of lines of values, in vectors. Every value is computed by itself and by fused multiply-adds
 * alone, so that the width of a vector changes no bit.
 */
final class Lines {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Lines() {}

  /**
   * to[i] ← weight · from[i] + to[i], for {@code count} values from {@code first} and {@code at}.
   */
  static void add(float weight, float[] from, int first, float[] to, int at, int count) {
    int i = 0;
    for (; i < SPECIES.loopBound(count); i += SPECIES.length()) {
      FloatVector line = FloatVector.fromArray(SPECIES, from, first + i);
      line.fma(FloatVector.broadcast(SPECIES, weight), FloatVector.fromArray(SPECIES, to, at + i))
          .intoArray(to, at + i);
    }
    for (; i < count; i++) {
      to[at + i] = Math.fma(from[first + i], weight, to[at + i]);
    }
  }
}
