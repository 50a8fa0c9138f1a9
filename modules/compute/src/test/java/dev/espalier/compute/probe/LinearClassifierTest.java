package dev.espalier.compute.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.task.Score;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearClassifierTest {
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
  @EnumSource
  void theGradientIsThatOfTheLoss(ClassLoss each) {
    LinearClassifier loss = new LinearClassifier(clusters(1, 2), CLASSES, each, 0.1);
    Random random = new Random(2);
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
  @CsvSource({"CROSS_ENTROPY, 1.0986122886681098", "SQUARED_HINGE, 3"})
  void clustersThatAreApartAreToldApart(ClassLoss each, double atFirst) {
    LinearClassifier loss = new LinearClassifier(clusters(3, 0.5), CLASSES, each, 1e-4);

    double[] classifier = Lbfgs.minimise(loss, loss.size(), 100, 1e-6);
    Score score = loss.score(classifier);

    assertThat(score.accuracy()).isGreaterThan(0.99);
    assertThat(score.top5()).isEmpty();
    assertThat(score.loss()).isLessThan(0.1);
    assertThat(loss.score(new double[loss.size()]).loss()).isCloseTo(atFirst, within(1e-9));
  }

  @Test
  void aMachineStandsWhereItsHingesAndItsWeightBalance() {
    // Two images at ±2 of two classes: of class 0, w minimises (1 − 2w)² + ½·λ·w², so it is
    // 4 ÷ (8 + λ) and there is no bias.
    double[][] values = {{2, -2}};
    Features features = Features.takeOwnershipOf(values, new int[] {0, 1});
    LinearClassifier loss = new LinearClassifier(features, 2, ClassLoss.SQUARED_HINGE, 8);

    double[] classifier = Lbfgs.minimise(loss, loss.size(), 100, 1e-12);

    double[] expected = {0.25, 0, -0.25, 0};
    assertThat(classifier).containsExactly(expected, within(1e-9));
    assertThat(loss.score(classifier).loss()).isCloseTo(2 * 0.25, within(1e-9));
    assertThat(loss.score(classifier).accuracy()).isEqualTo(1);
  }

  @Test
  void ofManyClassesTheFiveLikeliestCount() {
    int[] labels = {0, 4, 5, 11, 11, 1};
    Features features = Features.takeOwnershipOf(new double[1][labels.length], labels);
    LinearClassifier loss = new LinearClassifier(features, 12, ClassLoss.CROSS_ENTROPY, 0);
    double[] biases = new double[loss.size()]; // (class, feature and bias)
    biases[2 * 11 + 1] = 1;

    Score score = loss.score(biases);

    assertThat(score.accuracy()).isCloseTo(2.0 / 6, within(1e-12));
    assertThat(score.top5()).hasValue(4.0 / 6); // 11, then 0, 1, 2, 3, which come before 4
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
