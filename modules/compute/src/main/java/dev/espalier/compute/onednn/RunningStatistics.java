package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Slot;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Lets the running statistics follow a batch's: r ← (1 − α)·r + α·b, where the batch's variance is
 * made unbiased, n / (n − 1) of it for n values a channel.
 */
final class RunningStatistics {
  private static final float SHARE = (float) Layer.BatchNorm.MOMENTUM;

  private final MemorySegment batch;
  private final MemorySegment running;
  private final float[] unbiased;

  /**
   * @param batch the batch's means and biased variances, laid out as the running ones
   * @param values for each layer with statistics, in order, the values a channel that its batch
   *     statistics are of
   */
  RunningStatistics(Parameters parameters, MemorySegment batch, List<Long> values) {
    this.batch = batch;
    this.running = parameters.segment(Parameters.Buffer.STATISTICS);
    this.unbiased = new float[parameters.length(Parameters.Buffer.STATISTICS)];
    for (int i = 0; i < parameters.statistics().size(); i++) {
      Slot slot = parameters.statistics().get(i);
      long n = values.get(i / 2);
      boolean mean = slot.kind() == Slot.Kind.RUNNING_MEAN;
      Arrays.fill(unbiased, slot.offset(), slot.end(), mean ? 1f : (float) ((double) n / (n - 1)));
    }
  }

  /**
   * Takes the last batch in.
   *
   * @return whether all that it saw was finite
   */
  boolean run() {
    boolean finite = true;
    for (int i = 0; i < unbiased.length; i++) {
      float seen = batch.getAtIndex(ValueLayout.JAVA_FLOAT, i) * unbiased[i];
      float before = running.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      running.setAtIndex(ValueLayout.JAVA_FLOAT, i, (1 - SHARE) * before + SHARE * seen);
      finite &= Float.isFinite(seen);
    }
    return finite;
  }
}
