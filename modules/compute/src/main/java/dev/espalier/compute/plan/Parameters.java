package dev.espalier.compute.plan;

import dev.espalier.compute.network.Architecture;
import dev.espalier.domain.study.Optimizer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All numbers of one network, in flat buffers. {@link #slots} says where each tensor lies in
 * weights, gradients, moments and mask; {@link #statistics} where in the running statistics. At
 * first weights, gradients and moments are 0, the mask is 1, running means are 0 and running
 * variances 1.
 *
 * <p>The mask holds exactly 0 and 1, and 1 wherever a slot is not prunable; who writes it sees to
 * that.
 */
public final class Parameters implements AutoCloseable {
  /** The flat buffers. */
  public enum Buffer {
    /** w, the weights, biases, scales and shifts. */
    WEIGHTS,
    /** The gradients of the loss of the last step: neither masked nor decayed. */
    GRADIENTS,
    /** v of an optimizer with one moment, m of one with two. */
    MOMENTS,
    /** v of an optimizer with two moments; there only where one is to be used. */
    SECOND_MOMENTS,
    /** 1 where a weight stays, 0 where it was removed. */
    MASK,
    /** The running means and variances, see {@link Parameters#statistics}. */
    STATISTICS
  }

  private final Architecture architecture;
  private final Layout layout;
  private final boolean doubles;
  private final Map<Buffer, NativeArray> arrays = new EnumMap<>(Buffer.class);

  private Parameters(Architecture architecture, boolean doubles, Optimizer optimizer) {
    this.architecture = architecture;
    this.layout = Layout.of(architecture);
    this.doubles = doubles;
    for (Buffer buffer : Buffer.values()) {
      if (buffer != Buffer.SECOND_MOMENTS || hasTwoMoments(optimizer)) {
        arrays.put(buffer, zeros(buffer));
      }
    }
    array(Buffer.MASK).values().assign(1);
    for (Slot slot : layout.statistics()) {
      if (slot.kind() == Slot.Kind.RUNNING_VARIANCE) {
        array(Buffer.STATISTICS).view(slot).assign(1);
      }
    }
  }

  private NativeArray zeros(Buffer buffer) {
    return doubles ? NativeArray.doubles(length(buffer)) : NativeArray.floats(length(buffer));
  }

  private static boolean hasTwoMoments(Optimizer optimizer) {
    return switch (optimizer) {
      case Optimizer.Sgd sgd -> false;
      case Optimizer.Adam adam -> true;
      case Optimizer.AdamW adam -> true;
      case Optimizer.Lars lars -> false;
    };
  }

  /** Parameters in float32, for training with stochastic gradient descent. */
  public static Parameters float32(Architecture architecture) {
    return float32(architecture, Optimizer.STANDARD);
  }

  /** Parameters in float32, for training, with the moments that {@code optimizer} needs. */
  public static Parameters float32(Architecture architecture, Optimizer optimizer) {
    return new Parameters(architecture, false, optimizer);
  }

  /** Parameters in float64, for the reference that others are checked against. */
  public static Parameters float64(Architecture architecture) {
    return float64(architecture, Optimizer.STANDARD);
  }

  /** Parameters in float64, with the moments that {@code optimizer} needs. */
  public static Parameters float64(Architecture architecture, Optimizer optimizer) {
    return new Parameters(architecture, true, optimizer);
  }

  /** The network that they are of. */
  public Architecture architecture() {
    return architecture;
  }

  /** Whether they are float64, not float32. */
  public boolean isFloat64() {
    return doubles;
  }

  /** Where each tensor lies in every buffer but the statistics, in the network's order, no gaps. */
  public List<Slot> slots() {
    return layout.slots();
  }

  /**
   * Where each running mean and variance lies in the statistics, in the network's order, no gaps.
   */
  public List<Slot> statistics() {
    return layout.statistics();
  }

  /** The number of values in a buffer. */
  public int length(Buffer buffer) {
    List<Slot> slots = buffer == Buffer.STATISTICS ? layout.statistics() : layout.slots();
    return slots.isEmpty() ? 0 : slots.getLast().end();
  }

  /**
   * A buffer's memory, float32 or float64 in native order, for work in one pass. It lives until
   * {@link #close}.
   *
   * @throws IllegalArgumentException when there is no such buffer
   */
  public MemorySegment segment(Buffer buffer) {
    return array(buffer).segment();
  }

  /**
   * A buffer's array, for providers. It lives until {@link #close}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public NativeArray array(Buffer buffer) {
    NativeArray array = arrays.get(buffer);
    if (array == null) {
      throw new IllegalArgumentException(
          "expected parameters made for an optimizer with %s, got those of %s with %s"
              .formatted(buffer, architecture.name(), buffers()));
    }
    return array;
  }

  /** Which buffers there are. */
  public Set<Buffer> buffers() {
    return Collections.unmodifiableSet(arrays.keySet());
  }

  /** Lets the optimizer begin anew: all moments become 0. */
  public void clearMoments() {
    for (Buffer buffer : List.of(Buffer.MOMENTS, Buffer.SECOND_MOMENTS)) {
      if (arrays.containsKey(buffer)) {
        segment(buffer).fill((byte) 0);
      }
    }
  }

  /** A copy of a buffer as float32; float64 values are rounded. */
  public float[] floats(Buffer buffer) {
    if (!doubles) {
      return segment(buffer).toArray(ValueLayout.JAVA_FLOAT);
    }
    double[] values = segment(buffer).toArray(ValueLayout.JAVA_DOUBLE);
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** A copy of a buffer as float64; float32 values are widened. */
  public double[] doubles(Buffer buffer) {
    if (doubles) {
      return segment(buffer).toArray(ValueLayout.JAVA_DOUBLE);
    }
    float[] values = segment(buffer).toArray(ValueLayout.JAVA_FLOAT);
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  /**
   * Writes a whole buffer.
   *
   * @throws IllegalArgumentException when there are not as many values as in the buffer
   */
  public void set(Buffer buffer, float[] values) {
    checkLength(buffer, values.length);
    if (!doubles) {
      MemorySegment.copy(values, 0, segment(buffer), ValueLayout.JAVA_FLOAT, 0, values.length);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      segment(buffer).setAtIndex(ValueLayout.JAVA_DOUBLE, i, values[i]);
    }
  }

  /**
   * Writes a whole buffer; values are rounded where the parameters are float32.
   *
   * @throws IllegalArgumentException when there are not as many values as in the buffer
   */
  public void set(Buffer buffer, double[] values) {
    checkLength(buffer, values.length);
    for (int i = 0; i < values.length; i++) {
      if (doubles) {
        segment(buffer).setAtIndex(ValueLayout.JAVA_DOUBLE, i, values[i]);
      } else {
        segment(buffer).setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
      }
    }
  }

  private void checkLength(Buffer buffer, int came) {
    if (came != length(buffer)) {
      throw new IllegalArgumentException(
          "expected "
              + length(buffer)
              + " values for the "
              + buffer
              + " of "
              + architecture.name()
              + ", got "
              + came);
    }
  }

  /**
   * Checks, for a provider, that a plan can be compiled on these: for the same layers, whatever the
   * size of the images.
   *
   * @throws IllegalArgumentException when they are not {@code architecture}'s or the batch is empty
   */
  public void checkFit(Architecture other, int batch) {
    if (!architecture.layers().equals(other.layers()) || !layout.equals(Layout.of(other))) {
      throw new IllegalArgumentException(
          "expected parameters of "
              + other.name()
              + " with "
              + other.classes()
              + " classes, got those of "
              + architecture.name()
              + " with "
              + architecture.classes());
    }
    if (batch < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1 image, got " + batch);
    }
  }

  /** Frees the buffers. Plans that use them must be closed before. */
  @Override
  public void close() {
    arrays.values().forEach(NativeArray::close);
  }
}
