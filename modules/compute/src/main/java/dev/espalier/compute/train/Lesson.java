package dev.espalier.compute.train;

import dev.espalier.compute.data.Augmenter;
import dev.espalier.compute.data.BatchOrder;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.data.Rotation;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Setting;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What a network is shown, and what it should answer: the images of each step and of each test
 * batch, written into a plan's input.
 *
 * <p>For {@code labels} an image is one input and its class the answer. For {@code rotation} it is
 * four inputs one after the other, turned by 0, 90, 180 and 270 degrees after augmentation, and the
 * answers are 0 to 3 (Gidaris et al. 2018).
 */
public final class Lesson {
  private final Dataset data;
  private final Objective objective;
  private final Augmenter augmenter;
  private final BatchOrder order;
  private final int batch;
  private final double smoothing;
  private final long seed;
  private final float[] image = new float[Images.VALUES]; // (32, 32, 3)
  private final float[] turned = new float[Images.VALUES]; // (32, 32, 3)
  private final int[] answers; // (inputs a batch)

  private int orderedEpoch = -1;
  private int[] ordered = {};

  /**
   * The lesson of {@code objective} on {@code data}.
   *
   * @throws IllegalArgumentException when the batch is larger than the training set
   */
  public Lesson(Dataset data, Objective objective, Setting setting) {
    this.data = data;
    this.objective = objective;
    this.batch = setting.training().batch();
    this.smoothing = setting.training().labelSmoothing();
    this.seed = setting.seed();
    this.augmenter =
        new Augmenter(data.normalisation(), setting.training().augmentation(), setting.seed());
    this.order = new BatchOrder(setting.seed(), data.train().count(), batch);
    this.answers = new int[batch * inputsPerImage()];
  }

  private int inputsPerImage() {
    return switch (objective) {
      case LABELS -> 1;
      case ROTATION -> Rotation.COUNT;
    };
  }

  /** How many answers there are: the size of the head. */
  public static int answers(Objective objective, Dataset data) {
    return switch (objective) {
      case LABELS -> data.classes();
      case ROTATION -> Rotation.COUNT;
    };
  }

  /** Inputs of a batch, rotated copies counted. */
  public int inputs() {
    return answers.length;
  }

  /** Steps of an epoch. */
  public int stepsPerEpoch() {
    return order.stepsPerEpoch();
  }

  /**
   * Writes the inputs and answers of a training step, and seeds its noise.
   *
   * @param epoch from 0
   * @param step of the epoch, from 0
   */
  void prepareStep(int epoch, int step, Plan plan) {
    if (epoch != orderedEpoch) {
      ordered = order.of(epoch);
      orderedEpoch = epoch;
    }
    FloatBuffer inputs = plan.images().duplicate();
    for (int i = 0; i < batch; i++) {
      int index = ordered[step * batch + i];
      augmenter.varied(data.train(), index, epoch, image);
      write(inputs, i, data.train().label(index));
    }
    plan.labels(answers, smoothing);
    plan.noise(Draws.of(seed, "noise", epoch, step).bits());
  }

  /** How many batches the test images fill; the last may be filled in part. */
  int testBatches() {
    return Math.ceilDiv(data.test().count(), batch);
  }

  /**
   * Writes the inputs of a batch of test images; what is left over of the last one stays as it was.
   *
   * @return the answer to each input
   */
  int[] prepareTest(int testBatch, Plan plan) {
    FloatBuffer inputs = plan.images().duplicate();
    int first = testBatch * batch;
    int count = Math.min(batch, data.test().count() - first);
    for (int i = 0; i < count; i++) {
      augmenter.plain(data.test(), first + i, image);
      write(inputs, i, data.test().label(first + i));
    }
    return Arrays.copyOf(answers, count * inputsPerImage());
  }

  private void write(FloatBuffer inputs, int place, int label) {
    switch (objective) {
      case LABELS -> {
        inputs.put(image);
        answers[place] = label;
      }
      case ROTATION -> {
        for (int quarters = 0; quarters < Rotation.COUNT; quarters++) {
          Rotation.turn(image, quarters, turned);
          inputs.put(turned);
          answers[place * Rotation.COUNT + quarters] = quarters;
        }
      }
    }
  }
}
