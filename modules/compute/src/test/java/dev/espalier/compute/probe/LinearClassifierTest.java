package dev.espalier.compute.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.task.Score;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxRegressionTest {
  private static final int CLASSES = 3;

  /** Features around one centre a class, more images than a block holds. */
  private static Features clusters(long seed, double spread) {
    Random random = new Random(seed);
    double[][] values = new double[4][701];
    int[] labels = new int[701];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = random.nextInt(CLASSES);
      for (int feature = 0; feature < values.length; feature++) {
        double centre = feature == labels[image] ? 3 : 0;
        values[feature][image] = centre + spread * random.nextGaussian();
      }
    }
    return Features.takeOwnershipOf(values, labels);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theGradientIsThatOfTheLoss(long seed) {
    SoftmaxRegression loss = new SoftmaxRegression(clusters(seed, 2), CLASSES, 0.1);
    Random random = new Random(seed);
    double[] point = random.doubles(loss.size(), -1, 1).toArray();
    double[] gradient = new double[point.length];
    loss.valueAt(point, gradient);
    double step = 1e-5;
    for (int i = 0; i < point.length; i++) {
      double before = point[i];
      point[i] = before + step;
      double above = loss.valueAt(point, new double[point.length]);
      point[i] = before - step;
      double below = loss.valueAt(point, new double[point.length]);
      point[i] = before;

      assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-7));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void clustersThatAreApartAreToldApart(long seed) {
    SoftmaxRegression loss = new SoftmaxRegression(clusters(seed, 0.5), CLASSES, 1e-4);

    double[] classifier = Lbfgs.minimise(loss, loss.size(), 100, 1e-6);
    Score score = loss.score(classifier);

    assertThat(score.accuracy()).isGreaterThan(0.99);
    assertThat(score.loss()).isLessThan(0.05);
    assertThat(loss.score(new double[loss.size()]).loss()).isCloseTo(Math.log(3), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void standardisedFeaturesHaveMeanZeroAndDeviationOne(long seed) {
    Features train = clusters(seed, 2);
    Features test = clusters(seed, 2);

    train.standardise(test);

    double sum = 0;
    double squares = 0;
    for (double value : train.feature(1)) {
      sum += value;
      squares += value * value;
    }
    assertThat(sum / train.count()).isCloseTo(0, within(1e-9));
    assertThat(squares / train.count()).isCloseTo(1, within(1e-9));
    assertThat(test.feature(1)).isEqualTo(train.feature(1));
  }
}
