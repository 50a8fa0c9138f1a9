package dev.espalier.compute.update;

import dev.espalier.compute.plan.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of one tensor in the flat buffers, small enough that what a pass touches of it stays in a
 * core's cache. How a network is cut depends on its tensors alone, so that sums by chunk do not
 * depend on the threads.
 *
 * @param number which chunk it is
 * @param slot which tensor it is of
 * @param from the index of its first value
 * @param to the index after its last
 */
record Chunk(int number, int slot, int from, int to) {
  private static final int LONGEST = 16_384;

  static List<Chunk> of(List<Slot> slots) {
    List<Chunk> chunks = new ArrayList<>();
    for (int slot = 0; slot < slots.size(); slot++) {
      int end = slots.get(slot).end();
      for (int from = slots.get(slot).offset(); from < end; from += LONGEST) {
        chunks.add(new Chunk(chunks.size(), slot, from, Math.min(from + LONGEST, end)));
      }
    }
    return List.copyOf(chunks);
  }
}
