package dev.espalier.compute.plan;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A flat ND4J array outside the Java heap whose first value lies on a page boundary, so that
 * kernels never load across a cache line. All zero at first.
 */
public final class NativeArray implements AutoCloseable {
  private static final int PAGE = 4096;

  private final INDArray values;
  private final Arena arena;
  private final MemorySegment segment;

  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the array
  private NativeArray(DataType type, long length) {
    int spare = PAGE / type.width();
    INDArray owner = Nd4j.create(type, length + spare);
    long start = owner.data().address();
    long skipped = Math.floorMod(-start, PAGE) / type.width();
    values = owner.get(NDArrayIndex.interval(skipped, skipped + length));
    arena = Arena.ofShared();
    segment = view(owner, start + skipped * type.width(), length * type.width(), arena);
  }

  // The array is freed with the arena, and kept by every view of the memory until then.
  @SuppressWarnings("restricted") // address and size are the array's
  private static MemorySegment view(INDArray owner, long address, long bytes, Arena arena) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, freed -> owner.close());
  }

  /** {@code length} zeros, float32. */
  public static NativeArray floats(long length) {
    return new NativeArray(DataType.FLOAT, length);
  }

  /** {@code length} zeros, float64. */
  public static NativeArray doubles(long length) {
    return new NativeArray(DataType.DOUBLE, length);
  }

  /** The values, of rank 1. */
  public INDArray values() {
    return values;
  }

  /** The values of one tensor, in its shape. */
  public INDArray view(Slot slot) {
    long[] shape = slot.shape().stream().mapToLong(Integer::longValue).toArray();
    return values.get(NDArrayIndex.interval(slot.offset(), slot.end())).reshape('c', shape);
  }

  /** The bytes of the values, which can be read and written until {@link #close}. */
  public MemorySegment segment() {
    return segment;
  }

  /** The address of the first value. */
  public long address() {
    return segment.address();
  }

  /** The values of a float32 array, to read and write until {@link #close}. */
  public FloatBuffer floatView() {
    return segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Frees the memory; who still holds a view gets an IllegalStateException. */
  @Override
  public void close() {
    arena.close();
  }
}
