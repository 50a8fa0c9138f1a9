package dev.espalier.compute.train;

import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;

/** The dense weights of a network that goes forward with some of them only. */
final class Masters implements AutoCloseable {
  private final MemorySegment weights;
  private final NativeArray kept;

  Masters(Apparatus apparatus) {
    this.weights = apparatus.parameters().segment(Buffer.WEIGHTS);
    this.kept = NativeArray.floats(length());
  }

  /** How many there are. */
  long length() {
    return weights.byteSize() / Float.BYTES;
  }

  /** What {@code look} gives while the network has but those that {@code mask} keeps, float32. */
  <T> T under(MemorySegment mask, Supplier<T> look) {
    kept.segment().copyFrom(weights);
    for (long i = 0; i < length(); i++) {
      if (mask.getAtIndex(ValueLayout.JAVA_FLOAT, i) == 0) {
        weights.setAtIndex(ValueLayout.JAVA_FLOAT, i, 0);
      }
    }
    T seen = look.get();
    weights.copyFrom(kept.segment());
    return seen;
  }

  @Override
  public void close() {
    kept.close();
  }
}
