package dev.espalier.compute.objective;

import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Update;
import java.util.List;

/**
 * A loss of a whole batch. Before a step it is told what the batch shows ({@link #begin}), then the
 * plan runs it, and when the weights have been moved it may move what it owns ({@link #end}).
 * Whoever only wants gradients leaves the end out.
 *
 * <p>A batch has as many rows of outputs as the loss is given; views of one image follow each
 * other.
 */
public interface BatchLoss extends Loss, AutoCloseable {
  /**
   * Takes what the rows of the next batch show.
   *
   * @param step the step, counted from training's start: what is drawn at random is drawn for it
   * @param answers for each row what the loss says it wants
   * @throws IllegalArgumentException when the loss cannot learn from such a batch
   */
  void begin(long step, int[] answers);

  /** Ends the step that {@code update} was for: what is owned follows. */
  default void end(Update update) {}

  /** What must be found again when a run is resumed. */
  default List<Owned> owned() {
    return List.of();
  }

  /**
   * What two views each of other images than those trained on are measured by, by {@link #begin}
   * and {@link #run} alone: this loss, where it can be.
   */
  default BatchLoss ofViews() {
    return this;
  }

  /** Frees what it owns. */
  @Override
  default void close() {}
}
