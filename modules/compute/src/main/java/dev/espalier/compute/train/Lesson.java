package dev.espalier.compute.train;

import dev.espalier.compute.augment.Rotation;
import dev.espalier.compute.data.BatchOrder;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.data.Subset;
import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.feed.Views;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.objective.BatchLoss;
import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Labelled;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What a network is shown, and what it should answer: the inputs of each step and of each test
 * batch, made ready ahead of it, and the loss of its answers.
 *
 * <p>For {@code labels} an image is one input and its class the answer. For {@code rotation} it is
 * four inputs one after the other, turned by 0, 90, 180 and 270 degrees after augmentation, and the
 * answers are 0 to 3 (Gidaris et al. 2018); so it is for {@code s4l}, where the answers of all four
 * are the class, if it is known. The others see views of an image one after the other, whose answer
 * is the image's number.
 */
public final class Lesson implements AutoCloseable {
  private static final int TEST_VIEWS = 2;

  private final Reading reading;
  private final Objective objective;
  private final int batch;
  private final double smoothing;
  private final Optional<Subset> labelled;
  private final BatchOrder order;
  private final Optional<BatchLoss> loss;

  /**
   * The lesson of {@code objective}.
   *
   * @param reading how images become inputs
   * @param training how many images make up a step, how far answers are smoothed, and by what rule
   *     an objective's own weights are moved
   * @throws TaskException when the batch is larger than the training set
   */
  public Lesson(Reading reading, Objective objective, Training training) {
    this(reading, objective, training, objective.labelledImages());
  }

  /**
   * The same with the class of some images known only: of those that the objective would look at.
   */
  public Lesson(Reading reading, Objective objective, Training training, Optional<Labelled> known) {
    this.reading = reading;
    this.objective = objective;
    this.batch = training.batch();
    this.smoothing = training.labelSmoothing();
    this.labelled = known.filter(some -> some.share() < 1).map(some -> subset(reading, some));
    boolean shownAll = labelled.isEmpty() || objective instanceof Objective.S4l;
    int images = shownAll ? reading.data().train().count() : labelled.get().count();
    if (batch > images) {
      throw new TaskException(
          new Failure.BadInput(
              "expected a batch of at most the %d training images, got %d"
                  .formatted(images, batch)));
    }
    if (objective instanceof Objective.OfViews && batch < 2) {
      throw new TaskException(
          new Failure.BadInput(
              "expected a batch of at least 2 images for %s, got %d".formatted(objective, batch)));
    }
    this.order =
        shownAll
            ? new BatchOrder(reading.seed(), images, batch)
            : new BatchOrder(reading.seed(), labelled.get(), batch);
    this.loss = Losses.of(objective, training, reading, order.stepsPerEpoch());
  }

  private static Subset subset(Reading reading, Labelled known) {
    Images images = reading.data().train();
    int classes = reading.data().classes();
    return switch (known.of()) {
      case IMAGES -> Subset.ofImages(images, classes, known.share(), reading.seed());
      case CLASSES -> Subset.ofClasses(images, classes, known.share(), reading.seed());
    };
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

  /** How many classes the images are of. */
  int classes() {
    return reading.data().classes();
  }

  /** How many answers there are: the size of the head. */
  public int answers() {
    return switch (objective) {
      case Objective.Labels labels -> classes();
      case Objective.Rotation rotation -> Rotation.COUNT;
      case Objective.S4l s4l -> classes() + Rotation.COUNT;
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

  /** Inputs of a batch, copies and views counted, but for small crops. */
  public int inputs() {
    return batch * objective.inputs();
  }

  /** The small crops that each image has beside. */
  Optional<Views.SmallCrops> smallCrops() {
    return Losses.smallCrops(objective);
  }

  /** Steps of an epoch. */
  public int stepsPerEpoch() {
    return order.stepsPerEpoch();
  }

  /** Whether answers are told apart by images, not by classes or turns. */
  boolean comparesViews() {
    return objective instanceof Objective.OfViews;
  }

  /** Whether a head of two layers makes the answers. */
  boolean projects() {
    return objective instanceof Objective.Simclr || objective instanceof Objective.Swav;
  }

  /** Images of a test batch: as many as its inputs have room for. */
  int testBatch() {
    return comparesViews() ? inputs() / TEST_VIEWS : batch;
  }

  /** How many batches the test images fill; the last may be filled in part. */
  int testBatches() {
    return Math.ceilDiv(reading.data().test().count(), testBatch());
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
    if (loss.isPresent()) {
      loss.get().begin(step, inputs.answers());
      plan.loss(loss.get());
    } else {
      plan.labels(inputs.answers(), smoothing);
    }
    plan.noise(
        Draws.of(reading.seed(), "noise", step / stepsPerEpoch(), step % stepsPerEpoch()).bits());
  }

  /** Has what the objective owns follow the weights, which {@code update} has moved. */
  void learnt(Update update) {
    loss.ifPresent(own -> own.end(update));
  }

  /** What measures answers, where that is not the cross-entropy with classes or turns. */
  Optional<BatchLoss> loss() {
    return loss;
  }

  /** What measures the answers to an image's small crops. */
  Optional<Loss> lossOfSmallCrops() {
    return loss.flatMap(Losses::ofSmallCrops);
  }

  /** What the objective has of its own. */
  List<Owned> owned() {
    return loss.map(BatchLoss::owned).orElse(List.of());
  }

  /** All test batches. */
  Feed tests() {
    return feed(new Feed.Range(0, testBatches()), false);
  }

  private Feed feed(Feed.Range range, boolean training) {
    boolean paired = !training && comparesViews();
    Views.Form form =
        new Views.Form(
            paired ? TEST_VIEWS : objective.inputs(), training ? smallCrops() : Optional.empty());
    return Feed.open(
        range,
        reading.threads(),
        () -> form.batch(training ? batch : testBatch(), volume()),
        () -> training ? writer(form)::writeStep : writer(form)::writeTest);
  }

  private LessonWriter writer(Views.Form form) {
    return new LessonWriter(reading, this, order, form);
  }

  /** The class of a training image, or what stands for none where it is not known. */
  int labelOf(int image) {
    return labelled.isEmpty() || labelled.get().contains(image)
        ? reading.data().train().label(image)
        : Losses.UNLABELLED;
  }

  /** Frees what the objective owns. */
  @Override
  public void close() {
    loss.ifPresent(BatchLoss::close);
  }
}
