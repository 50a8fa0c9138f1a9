package dev.espalier.compute.onednn;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;

/**
 * One value or gradient of a batch.
 *
 * @param layout its sizes (batch, channels, rows, columns), float32, laid out with channels last
 * @param handle oneDNN's handle of it
 * @param segment the same memory
 */
record Tensor(memory.desc layout, memory handle, MemorySegment segment) {
  long address() {
    return segment.address();
  }

  /** Its values as they lie. */
  FloatBuffer floats() {
    return segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
