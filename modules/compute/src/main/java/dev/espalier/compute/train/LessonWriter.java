package dev.espalier.compute.train;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.augment.Rotation;
import dev.espalier.compute.data.BatchOrder;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Reading;
import dev.espalier.domain.study.Objective;

/** Writes the batches of a {@link Lesson}. Used by one thread. */
final class LessonWriter {
  private final Images train;
  private final Images test;
  private final Objective objective;
  private final BatchOrder order;
  private final int batch;
  private final Augmenter augmenter;
  private final Rotation rotation;

  private int orderedEpoch = -1;
  private int[] ordered = {};

  LessonWriter(Reading reading, Objective objective, BatchOrder order, int batch) {
    this.train = reading.data().train();
    this.test = reading.data().test();
    this.objective = objective;
    this.order = order;
    this.batch = batch;
    this.augmenter = reading.augmenter();
    this.rotation = new Rotation(reading.data().volume());
  }

  /** Writes the inputs and answers of a training step, counted from the start of training. */
  void writeStep(long step, Batch to) {
    int epoch = (int) (step / order.stepsPerEpoch());
    int first = (int) (step % order.stepsPerEpoch()) * batch;
    if (epoch != orderedEpoch) {
      ordered = order.of(epoch);
      orderedEpoch = epoch;
    }
    for (int i = first; i < first + batch; i++) {
      augmenter.varied(train, ordered[i], epoch, to.inputs(), to.end());
      add(to, train.label(ordered[i]));
    }
  }

  /** Writes a batch of test images, the last one as far as there are any. */
  void writeTest(long testBatch, Batch to) {
    int first = (int) testBatch * batch;
    int end = Math.min(first + batch, test.count());
    for (int i = first; i < end; i++) {
      augmenter.plain(test, i, to.inputs(), to.end());
      add(to, test.label(i));
    }
  }

  private void add(Batch to, int label) {
    switch (objective) {
      case Objective.Labels labels -> to.add(label);
      case Objective.Rotation turned -> {
        int straight = to.end();
        to.add(0);
        for (int quarters = 1; quarters < Rotation.COUNT; quarters++) {
          rotation.turn(to.inputs(), straight, quarters, to.end());
          to.add(quarters);
        }
      }
      default -> throw new UnsupportedOperationException("not yet: " + objective);
    }
  }
}
