package dev.espalier.compute.probe;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.plan.Plan;
import dev.espalier.domain.task.Score;

/**
 * Trains a linear softmax classifier on the frozen penultimate features of a network (Caron et al.
 * 2020, section 4.1, on the network's own data set). Their classifier's settings are not known;
 * these are ours: features standardised over the training images, weight decay 1e-4, full-batch
 * L-BFGS from 0 for at most 100 steps or until no slope is above 1e-5. Nothing is random.
 */
public final class LinearProbe {
  private static final double DECAY = 1e-4;
  private static final int ITERATIONS = 100;
  private static final double TOLERANCE = 1e-5;

  private LinearProbe() {}

  /** The score on the test images of a classifier trained on the training images. */
  public static Score of(Reading reading, Plan plan) {
    Dataset data = reading.data();
    Features train = Features.of(data.train(), reading, plan);
    Features test = Features.of(data.test(), reading, plan);
    train.standardise(test);
    SoftmaxRegression loss = new SoftmaxRegression(train, data.classes(), DECAY);
    double[] classifier = Lbfgs.minimise(loss, loss.size(), ITERATIONS, TOLERANCE);
    return new SoftmaxRegression(test, data.classes(), DECAY).score(classifier);
  }
}
