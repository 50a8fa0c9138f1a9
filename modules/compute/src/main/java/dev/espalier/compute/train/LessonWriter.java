package dev.espalier.compute.train;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.augment.Rotation;
import dev.espalier.compute.data.BatchOrder;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.feed.Views;
import dev.espalier.domain.study.Objective;

/** Writes the batches of a {@link Lesson}. Used by one thread. */
final class LessonWriter {
  private static final int[] QUARTERS = {0, 1, 2, 3};

  private final Images train;
  private final Images test;
  private final Lesson lesson;
  private final BatchOrder order;
  private final Augmenter augmenter;
  private final Rotation rotation;
  private final Views views;

  private int orderedEpoch = -1;
  private int[] ordered = {};

  LessonWriter(Reading reading, Lesson lesson, BatchOrder order, Views.Form form) {
    this.train = reading.data().train();
    this.test = reading.data().test();
    this.lesson = lesson;
    this.order = order;
    this.augmenter = reading.augmenter();
    this.rotation = new Rotation(reading.data().volume());
    this.views = new Views(reading, form);
  }

  /** Writes the inputs and answers of a training step, counted from the start of training. */
  void writeStep(long step, Batch to) {
    int epoch = (int) (step / order.stepsPerEpoch());
    int first = (int) (step % order.stepsPerEpoch()) * lesson.batch();
    if (epoch != orderedEpoch) {
      ordered = order.of(epoch);
      orderedEpoch = epoch;
    }
    for (int i = first; i < first + lesson.batch(); i++) {
      writeOne(ordered[i], epoch, to);
    }
  }

  private void writeOne(int image, int epoch, Batch to) {
    if (lesson.comparesViews()) {
      views.write(train, image, epoch, image, to);
      return;
    }
    augmenter.varied(train, image, epoch, to.inputs(), to.end());
    switch (lesson.objective()) {
      case Objective.Rotation turned -> addTurned(to, QUARTERS);
      case Objective.S4l s4l -> addTurned(to, alike(lesson.labelOf(image)));
      default -> to.add(train.label(image));
    }
  }

  private static int[] alike(int label) {
    return new int[] {label, label, label, label};
  }

  /** Writes a batch of test images, the last one as far as there are any. */
  void writeTest(long testBatch, Batch to) {
    int first = (int) testBatch * lesson.testBatch();
    int end = Math.min(first + lesson.testBatch(), test.count());
    for (int i = first; i < end; i++) {
      writeOneOfTest(i, to);
    }
  }

  private void writeOneOfTest(int image, Batch to) {
    if (lesson.comparesViews()) {
      views.write(test, image, Augmenter.TEST, image, to);
      return;
    }
    augmenter.plain(test, image, to.inputs(), to.end());
    if (lesson.objective() instanceof Objective.Rotation) {
      addTurned(to, QUARTERS);
    } else {
      to.add(test.label(image));
    }
  }

  /** Takes in the input behind the last one and its copies, each turned a quarter more. */
  private void addTurned(Batch to, int[] answers) {
    int straight = to.end();
    to.add(answers[0]);
    for (int quarters = 1; quarters < Rotation.COUNT; quarters++) {
      rotation.turn(to.inputs(), straight, quarters, to.end());
      to.add(answers[quarters]);
    }
  }
}
