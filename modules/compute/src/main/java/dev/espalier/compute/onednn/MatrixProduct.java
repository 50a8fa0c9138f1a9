package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.espalier.compute.plan.NativeArray;
import dev.espalier.domain.study.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;

/**
 * The product of two square matrices: what a processor does fastest, and so what other work is
 * measured by.
 */
public final class MatrixProduct implements AutoCloseable {
  private static final long SIZE = 2048;
  private static final float HALF = 0.5f;

  private final Device device;
  private final Precision precision;
  private final int threads;
  private final Kernel kernel;

  /**
   * A product of 2048 × 2048 matrices.
   *
   * @param precision what the matrices hold
   * @param threads threads that share it, at least 1
   * @throws UnsupportedOperationException when the processor has no instructions for the precision
   */
  public MatrixProduct(Precision precision, int threads) {
    Processor.here().require(precision);
    this.precision = precision;
    this.threads = threads;
    OpenMp.useThreads(threads);
    this.device = new Device(precision);
    memory.desc square = device.stored(memory.format_tag.ab, SIZE, SIZE);
    memory.desc any = device.stored(memory.format_tag.any, SIZE, SIZE);
    var desc =
        new matmul.primitive_desc(device.engine(), square, any, square, device.plain(), false);
    this.kernel =
        device.kernel(
            "product",
            desc,
            new matmul(desc),
            Map.of(
                DNNL_ARG_SRC, filled(square),
                DNNL_ARG_WEIGHTS, filled(device.own(desc.weights_desc())),
                DNNL_ARG_DST, filled(square)));
    device.allocateScratchpad();
  }

  /** A matrix of ordinary numbers: zeros would cost less power, and so be multiplied faster. */
  private memory filled(memory.desc layout) {
    NativeArray array = device.allocate(Math.ceilDiv(layout.get_size(), Float.BYTES));
    MemorySegment values = array.segment();
    Random random = new Random(SIZE);
    switch (precision) {
      case FLOAT32 -> {
        for (long at = 0; at < values.byteSize(); at += Float.BYTES) {
          values.set(ValueLayout.JAVA_FLOAT, at, random.nextFloat() - HALF);
        }
      }
      case BF16 -> {
        for (long at = 0; at < values.byteSize(); at += Short.BYTES) {
          int bits = Float.floatToIntBits(random.nextFloat() - HALF);
          values.set(ValueLayout.JAVA_SHORT, at, (short) (bits >>> Short.SIZE)); // its upper half
        }
      }
    }
    return device.at(array.address(), layout);
  }

  /** Operations of one product: two for each multiply-add. */
  public double operations() {
    return 2.0 * SIZE * SIZE * SIZE;
  }

  /** Multiplies once. */
  public void run() {
    OpenMp.useThreads(threads);
    kernel.run();
    device.await();
  }

  @Override
  public void close() {
    device.close();
  }
}
