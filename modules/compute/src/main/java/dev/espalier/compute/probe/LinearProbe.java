package dev.espalier.compute.probe;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.plan.Plan;
import dev.espalier.domain.task.Score;

/**
 * Trains a linear classifier on the frozen features of a network (Caron et al. 2020, section 4.1,
 * on the network's own data set). Their classifiers' settings are not known; these are ours:
 * features standardised over the training images, full-batch L-BFGS from 0 for at most 100 steps or
 * until no slope is above 1e-5. Nothing is random.
 */
public final class LinearProbe {
  /** C of {@link #supportVectors} unless said: LIBLINEAR's. */
  public static final double USUAL_COST = 1;

  private static final double DECAY = 1e-4;
  private static final int ITERATIONS = 100;
  private static final double TOLERANCE = 1e-5;

  private LinearProbe() {}

  /**
   * A softmax classifier with a weight decay of 1e-4.
   *
   * @return how well it does on the test images when it was trained on the training images; the
   *     loss is the mean cross-entropy in nats
   */
  public static Score of(Reading reading, Plan plan) {
    return score(reading, plan, ClassLoss.CROSS_ENTROPY, DECAY);
  }

  /**
   * Linear support vector machines, one class against the rest: each minimises ½·|w|² + C · Σ
   * max(0, 1 − y·(w·x + b))² over the training images, b being free (LIBLINEAR's squared hinge, but
   * for the bias). The class with the highest score is the answer.
   *
   * @param cost C, above 0
   * @return how well they do on the test images; the loss is the mean over these of the squared
   *     hinges, summed over the classes
   * @throws IllegalArgumentException when C is not above 0
   */
  public static Score supportVectors(Reading reading, Plan plan, double cost) {
    if (!(cost > 0 && Double.isFinite(cost))) {
      throw new IllegalArgumentException("expected a cost above 0, got " + cost);
    }
    double decay = 1 / (cost * reading.data().train().count());
    return score(reading, plan, ClassLoss.SQUARED_HINGE, decay);
  }

  private static Score score(Reading reading, Plan plan, ClassLoss loss, double decay) {
    Dataset data = reading.data();
    Features train = Features.of(data.train(), reading, plan);
    Features test = Features.of(data.test(), reading, plan);
    train.standardise(test);
    LinearClassifier learning = new LinearClassifier(train, data.classes(), loss, decay);
    double[] classifier = Lbfgs.minimise(learning, learning.size(), ITERATIONS, TOLERANCE);
    return new LinearClassifier(test, data.classes(), loss, decay).score(classifier);
  }
}
