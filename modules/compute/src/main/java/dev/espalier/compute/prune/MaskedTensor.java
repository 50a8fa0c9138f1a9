package dev.espalier.compute.prune;

import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.TensorMask;

/**
 * One prunable tensor and what of it remains.
 *
 * @param slot where it lies in the flat buffers
 * @param mask what remains, in its shape
 */
record MaskedTensor(Slot slot, TensorMask mask) {
  /** The byte of a float32 buffer at which the weights of mask word {@code word} begin. */
  long at(int word) {
    return ((long) slot.offset() + (long) word * TensorMask.WORD) * Float.BYTES;
  }

  /** The number of mask words. */
  int words() {
    return TensorMask.wordsFor(slot.length());
  }

  /** Mask word {@code word} with the first weight in the least significant bit, as vectors have. */
  long remaining(int word) {
    return Long.reverse(mask.word(word));
  }

  /** Whether each bit of mask word {@code word} is a weight's: all words but perhaps the last. */
  boolean isWhole(int word) {
    return (long) (word + 1) * TensorMask.WORD <= slot.length();
  }
}
