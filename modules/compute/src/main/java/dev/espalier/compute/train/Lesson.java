package dev.espalier.compute.train;

import dev.espalier.compute.augment.Rotation;
import dev.espalier.compute.data.BatchOrder;
import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.Failure;

/**
 * What a network is shown, and what it should answer: the inputs of each step and of each test
 * batch, made ready ahead of it.
 *
 * <p>For {@code labels} an image is one input and its class the answer. For {@code rotation} it is
 * four inputs one after the other, turned by 0, 90, 180 and 270 degrees after augmentation, and the
 * answers are 0 to 3 (Gidaris et al. 2018).
 */
public final class Lesson {
  private final Reading reading;
  private final Objective objective;
  private final int batch;
  private final double smoothing;
  private final BatchOrder order;

  /**
   * The lesson of {@code objective}.
   *
   * @param reading how images become inputs
   * @param training how many images make up a step, and how far answers are smoothed
   * @throws TaskException when the batch is larger than the training set
   */
  public Lesson(Reading reading, Objective objective, Training training) {
    int images = reading.data().train().count();
    if (training.batch() > images) {
      throw new TaskException(
          new Failure.BadInput(
              "expected a batch of at most the %d training images, got %d"
                  .formatted(images, training.batch())));
    }
    this.reading = reading;
    this.objective = objective;
    this.batch = training.batch();
    this.smoothing = training.labelSmoothing();
    this.order = new BatchOrder(reading.seed(), images, batch);
  }

  /** Where all randomness of the task comes from. */
  long seed() {
    return reading.seed();
  }

  /** What is learnt. */
  public Objective objective() {
    return objective;
  }

  /** The channels and the size of an input. */
  public Volume volume() {
    return reading.data().volume();
  }

  /** How many answers there are: the size of the head. */
  public int answers() {
    return switch (objective) {
      case Objective.Labels labels -> reading.data().classes();
      case Objective.Rotation rotation -> Rotation.COUNT;
      case Objective.S4l s4l -> reading.data().classes() + Rotation.COUNT;
      case Objective.Exemplar exemplar -> exemplar.dimensions();
      case Objective.Npid npid -> npid.dimensions();
      case Objective.Simclr simclr -> simclr.dimensions();
      case Objective.Swav swav -> swav.dimensions();
    };
  }

  /** Images of a batch. */
  public int batch() {
    return batch;
  }

  /** Inputs of a batch, rotated copies counted. */
  public int inputs() {
    return batch * objective.inputs();
  }

  /** Steps of an epoch. */
  public int stepsPerEpoch() {
    return order.stepsPerEpoch();
  }

  /** How many batches the test images fill; the last may be filled in part. */
  int testBatches() {
    return Math.ceilDiv(reading.data().test().count(), batch);
  }

  /** The batches of the steps from {@code first} to before {@code end}, counted from training's. */
  Feed steps(long first, long end) {
    return feed(new Feed.Range(first, end), true);
  }

  /**
   * Gives {@code plan} the inputs and answers of a step, counted from training's start, and seeds
   * its noise.
   */
  void teach(long step, Batch inputs, Plan plan) {
    inputs.copyTo(plan.images());
    plan.labels(inputs.answers(), smoothing);
    plan.noise(
        Draws.of(reading.seed(), "noise", step / stepsPerEpoch(), step % stepsPerEpoch()).bits());
  }

  /** All test batches. */
  Feed tests() {
    return feed(new Feed.Range(0, testBatches()), false);
  }

  private Feed feed(Feed.Range range, boolean training) {
    return Feed.open(
        range,
        reading.threads(),
        () -> new Batch(inputs(), volume().length()),
        () -> training ? writer()::writeStep : writer()::writeTest);
  }

  private LessonWriter writer() {
    return new LessonWriter(reading, objective, order, batch);
  }
}
