package dev.espalier.compute.train;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** The weights and running statistics that a network had at some time. */
final class Snapshot {
  private final float[] weights;
  private final float[] statistics;

  private Snapshot(float[] weights, float[] statistics) {
    this.weights = weights;
    this.statistics = statistics;
  }

  /** What {@code parameters} hold now. */
  static Snapshot of(Parameters parameters) {
    return new Snapshot(parameters.floats(Buffer.WEIGHTS), parameters.floats(Buffer.STATISTICS));
  }

  /** What {@code parameters} hold now, instead. */
  void takeAgain(Parameters parameters) {
    copy(parameters.floats(Buffer.WEIGHTS), weights);
    copy(parameters.floats(Buffer.STATISTICS), statistics);
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  /** Gives all of it back to {@code parameters}, and moments of 0. */
  void giveTo(Parameters parameters) {
    parameters.set(Buffer.WEIGHTS, weights);
    parameters.set(Buffer.STATISTICS, statistics);
    parameters.clearMoments();
  }

  /**
   * Gives {@code parameters} a point of the straight line from this to {@code end}.
   *
   * @param share how far along, 0 to 1: exactly this at 0, exactly the end at 1
   */
  void giveOnTheWayTo(Snapshot end, double share, Parameters parameters) {
    parameters.set(Buffer.WEIGHTS, between(weights, end.weights, share));
    parameters.set(Buffer.STATISTICS, between(statistics, end.statistics, share));
  }

  private static float[] between(float[] from, float[] to, double share) {
    float[] point = new float[from.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) ((1 - share) * from[i] + share * to[i]);
    }
    return point;
  }

  /** Where its numbers lie, by name. */
  Map<String, MemorySegment> tensors() {
    return Map.of(
        "weights", MemorySegment.ofArray(weights), "statistics", MemorySegment.ofArray(statistics));
  }
}
