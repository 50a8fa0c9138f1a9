package dev.espalier.compute.objective;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.random.Draws;
import dev.espalier.compute.update.MaskedUpdate;
import dev.espalier.domain.study.Optimizer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The prototypes of {@link Swav}: directions of length 1, learnt by the optimizer that the network
 * is learnt by. In float32, as a dense layer of their own whose bias is never moved.
 */
final class Prototypes implements Owned, AutoCloseable {
  private static final String UPDATES = "updates";

  private final int width;
  private final Crew crew = Crew.of(1);
  private final Parameters parameters;
  private final MaskedUpdate optimizer;
  private long updates;

  /** So many prototypes in directions that {@code seed} draws, evenly within ±1 a value. */
  Prototypes(int count, int width, Optimizer optimizer, long seed) {
    this.width = width;
    Layer dense = new Layer.Dense("prototypes", 0, count);
    Architecture layer = new Architecture("prototypes", new Volume(width, 1), List.of(dense));
    this.parameters = Parameters.float32(layer, optimizer);
    this.optimizer = new MaskedUpdate(parameters, crew);
    Draws draws = Draws.of(seed, "prototypes");
    double[] rows = new double[Math.multiplyExact(count, width)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = draws.between(-1, 1);
    }
    keepDirections(rows);
  }

  private void keepDirections(double[] rows) {
    for (int at = 0; at < rows.length; at += width) {
      Rows.normalise(rows, at, width);
    }
    parameters.set(Buffer.WEIGHTS, withoutBias(rows));
  }

  private double[] withoutBias(double[] rows) {
    return Arrays.copyOf(rows, parameters.length(Buffer.WEIGHTS));
  }

  /** The prototypes, (prototypes, width). */
  double[] rows() {
    double[] weights = parameters.doubles(Buffer.WEIGHTS);
    return Arrays.copyOf(weights, parameters.slots().getFirst().end());
  }

  /**
   * Moves them as {@code update} moves the network, but for its count, which is that of their own
   * updates.
   *
   * @param gradient by the prototypes, (prototypes, width)
   */
  void update(Update update, double[] gradient) {
    parameters.set(Buffer.GRADIENTS, withoutBias(gradient));
    updates++;
    optimizer.apply(
        new Update(
            update.optimizer(),
            update.learningRate(),
            update.weightDecay(),
            updates,
            update.clipNorm()));
    keepDirections(rows());
  }

  @Override
  public String name() {
    return "prototypes";
  }

  @Override
  public Map<String, MemorySegment> tensors() {
    Map<String, MemorySegment> tensors = new TreeMap<>();
    for (Buffer buffer : parameters.buffers()) {
      if (buffer != Buffer.GRADIENTS && parameters.length(buffer) > 0) {
        tensors.put(buffer.name().toLowerCase(Locale.ROOT), parameters.segment(buffer));
      }
    }
    return tensors;
  }

  @Override
  public Map<String, String> values() {
    return Map.of(UPDATES, Long.toString(updates));
  }

  @Override
  public void resume(Map<String, String> values) {
    updates = Long.parseLong(values.getOrDefault(UPDATES, ""));
  }

  @Override
  public void close() {
    parameters.close();
    crew.close();
  }
}
