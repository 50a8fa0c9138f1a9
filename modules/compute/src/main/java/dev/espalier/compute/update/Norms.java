package dev.espalier.compute.update;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Euclidean norms of what the mask leaves of a buffer: squares are summed in float64, lane by
 * lane within a chunk and then over the chunks in order, so that the threads change no bit.
 */
final class Norms implements Pass {
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, Flat.LANES.vectorShape());

  private final Flat values;
  private final Flat mask;
  private final List<Chunk> chunks;
  private final double[] squares; // by chunk

  Norms(Parameters parameters, Buffer buffer, List<Chunk> chunks) {
    this.values = Flat.of(parameters, buffer);
    this.mask = Flat.of(parameters, Buffer.MASK);
    this.chunks = chunks;
    this.squares = new double[chunks.size()];
  }

  /** The norm of the whole buffer, once every chunk has been run. */
  double whole() {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  /** The norm of each of {@code slots} tensors, once every chunk has been run. */
  double[] bySlot(int slots) {
    double[] norms = new double[slots];
    for (Chunk chunk : chunks) {
      norms[chunk.slot()] += squares[chunk.number()];
    }
    for (int slot = 0; slot < slots; slot++) {
      norms[slot] = Math.sqrt(norms[slot]);
    }
    return norms;
  }

  @Override
  public void run(Chunk chunk) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    long end = Pass.end(chunk);
    for (long at = Pass.start(chunk); at < end; at += Flat.STEP) {
      FloatVector left = left(at, at <= end - Flat.STEP ? Flat.ALL : Pass.rest(at, end));
      DoubleVector a = (DoubleVector) left.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector b = (DoubleVector) left.convertShape(VectorOperators.F2D, DOUBLES, 1);
      low = low.add(a.mul(a));
      high = high.add(b.mul(b));
    }
    squares[chunk.number()] = sum(low.add(high).toArray());
  }

  private FloatVector left(long at, VectorMask<Float> lanes) {
    return values.load(at, lanes).blend(0f, Flat.removed(mask.load(at, lanes)));
  }

  // Vectors may add their lanes in any order.
  private static double sum(double[] lanes) {
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
