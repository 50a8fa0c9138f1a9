package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.prune.Shares.Stretch;
import dev.espalier.domain.mask.TensorMask;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Brings the flat buffers of a network under a mask: one pass over all of them together. */
final class MaskWriter {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ZERO = FloatVector.zero(LANES);
  private static final FloatVector ONE = FloatVector.broadcast(LANES, 1);

  private final MemorySegment mask;
  private final List<MemorySegment> zeroed;

  /**
   * A writer.
   *
   * @param mask where 1 and 0 are written
   * @param zeroed where removed weights become 0
   */
  MaskWriter(MemorySegment mask, List<MemorySegment> zeroed) {
    this.mask = mask;
    this.zeroed = zeroed;
  }

  /** Writes what {@code tensors} say, wherever they lie. */
  void write(List<MaskedTensor> tensors, Crew crew) {
    Shares shares = Shares.of(tensors, crew);
    crew.run(part -> shares.of(part).forEach(this::write));
  }

  private void write(Stretch stretch) {
    MaskedTensor tensor = stretch.tensor();
    for (int word = stretch.from(); word < stretch.to(); word++) {
      long at = tensor.at(word);
      long kept = tensor.remaining(word);
      if (tensor.isWhole(word)) {
        write(at, kept);
      } else {
        writeLast(at, kept, tensor.slot().length() % TensorMask.WORD);
      }
    }
  }

  private void write(long at, long kept) {
    for (int lane = 0; lane < TensorMask.WORD; lane += LANES.length()) {
      VectorMask<Float> stays = VectorMask.fromLong(LANES, kept >>> lane);
      ZERO.blend(ONE, stays).intoMemorySegment(mask, at + (long) lane * Float.BYTES, ORDER);
    }
    for (MemorySegment buffer : zeroed) {
      for (int lane = 0; lane < TensorMask.WORD; lane += LANES.length()) {
        VectorMask<Float> removed = VectorMask.fromLong(LANES, ~kept >>> lane);
        ZERO.intoMemorySegment(buffer, at + (long) lane * Float.BYTES, ORDER, removed);
      }
    }
  }

  private void writeLast(long at, long kept, int length) {
    for (int i = 0; i < length; i++) {
      long byteAt = at + (long) i * Float.BYTES;
      boolean stays = (kept >>> i & 1) != 0;
      mask.set(ValueLayout.JAVA_FLOAT_UNALIGNED, byteAt, stays ? 1 : 0);
      for (MemorySegment buffer : zeroed) {
        if (!stays) {
          buffer.set(ValueLayout.JAVA_FLOAT_UNALIGNED, byteAt, 0);
        }
      }
    }
  }

  /** How many weights are not 0 although {@code tensors} removed them. */
  static long violations(List<MaskedTensor> tensors, MemorySegment weights) {
    return tensors.stream().mapToLong(tensor -> violations(tensor, weights)).sum();
  }

  private static long violations(MaskedTensor tensor, MemorySegment weights) {
    int length = tensor.slot().length();
    long violations = 0;
    for (int word = 0; word < tensor.words(); word++) {
      long at = tensor.at(word);
      long kept = tensor.remaining(word);
      int first = word * TensorMask.WORD;
      for (int lane = 0; lane < TensorMask.WORD; lane += LANES.length()) {
        VectorMask<Float> removed =
            LANES
                .indexInRange(first + lane, length)
                .andNot(VectorMask.fromLong(LANES, kept >>> lane));
        FloatVector w =
            FloatVector.fromMemorySegment(
                LANES, weights, at + (long) lane * Float.BYTES, ByteOrder.nativeOrder(), removed);
        violations += w.compare(VectorOperators.NE, 0f, removed).trueCount();
      }
    }
    return violations;
  }
}
