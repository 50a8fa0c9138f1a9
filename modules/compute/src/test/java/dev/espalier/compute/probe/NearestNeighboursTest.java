package dev.espalier.compute.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.task.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NearestNeighboursTest {
  private static final int CLASSES = 4;

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  /** So many images with features of few values, so that many lie in one direction. */
  private static Features random(int count, int width, Random random) {
    double[][] values = new double[width][count];
    int[] labels = random.ints(count, 0, CLASSES).toArray();
    for (int feature = 0; feature < width; feature++) {
      for (int image = 0; image < count; image++) {
        values[feature][image] = random.nextInt(4) - 1 + (feature == labels[image] ? 1 : 0);
      }
    }
    return Features.takeOwnershipOf(values, labels);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theVotesAreThoseOfASort(long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(9);
    Features train = random(1 + random.nextInt(200), width, random);
    Features test = random(1 + random.nextInt(140), width, random);
    int count = 1 + random.nextInt(30);

    Score score = new NearestNeighbours(CLASSES, count, 0.2).score(train, test);

    Score expected = bySorting(train, test, count);
    assertThat(score.accuracy()).isEqualTo(expected.accuracy());
    assertThat(score.loss()).isCloseTo(expected.loss(), within(1e-9));
  }

  /** The protocol as it reads, the cosines as float32 has them. */
  private static Score bySorting(Features train, Features test, int count) {
    long right = 0;
    double loss = 0;
    for (int image = 0; image < test.count(); image++) {
      int asked = image;
      List<Integer> nearest =
          IntStream.range(0, train.count())
              .boxed()
              .sorted(Comparator.comparingDouble(known -> -cosine(train, known, test, asked)))
              .limit(count)
              .toList();
      double[] votes = new double[CLASSES];
      for (int known : nearest) {
        votes[train.label(known)] += Math.exp(cosine(train, known, test, asked) / 0.2);
      }
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        best = votes[c] > votes[best] * (1 + 1e-12) ? c : best;
      }
      right += best == test.label(image) ? 1 : 0;
      double sum = votes[0] + votes[1] + votes[2] + votes[3];
      loss += 1 - votes[test.label(image)] / sum;
    }
    return new Score((double) right / test.count(), loss / test.count());
  }

  private static float cosine(Features train, int known, Features test, int asked) {
    double[] one = direction(train, known);
    double[] two = direction(test, asked);
    float cosine = 0;
    for (int feature = 0; feature < one.length; feature++) {
      cosine = Math.fma((float) one[feature], (float) two[feature], cosine);
    }
    return cosine + 0f;
  }

  private static double[] direction(Features features, int image) {
    double[] values = new double[features.width()];
    double squares = 0;
    for (int feature = 0; feature < values.length; feature++) {
      values[feature] = features.feature(feature)[image];
      squares += values[feature] * values[feature];
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (int feature = 0; feature < values.length; feature++) {
      values[feature] *= scale;
    }
    return values;
  }

  @Test
  void theNearestOfAllVotesAloneAndLengthsDoNotCount() {
    double[][] known = {{1, 0, 7}, {0, 2, 7}};
    Features train = Features.takeOwnershipOf(known, new int[] {0, 1, 2});
    double[][] asked = {{9, 0.1, 1}, {1, 5, 1.2}};
    Features test = Features.takeOwnershipOf(asked, new int[] {0, 1, 2});

    assertThat(new NearestNeighbours(3, 1, 0.07).score(train, test)).isEqualTo(new Score(1, 0));
  }

  @Test
  void allNeighboursVoteByTheirCosines() {
    double[][] known = {{1, 1, 0}, {0, 0, 1}};
    Features train = Features.takeOwnershipOf(known, new int[] {0, 0, 1});
    double[][] asked = {{0}, {3}};
    Features test = Features.takeOwnershipOf(asked, new int[] {1});

    Score score = new NearestNeighbours(2, 200, 0.5).score(train, test);

    double right = Math.exp(2);
    assertThat(score.accuracy()).isEqualTo(1);
    assertThat(score.loss()).isCloseTo(2 / (2 + right), within(1e-12));
  }

  @Test
  void whatHasNoFeaturesAtAllIsEquallyFarFromEverything() {
    Features train = Features.takeOwnershipOf(new double[][] {{0, 0, 0}}, new int[] {1, 1, 0});
    Features test = Features.takeOwnershipOf(new double[][] {{0}}, new int[] {1});

    assertThat(new NearestNeighbours(2, 2, 0.07).score(train, test)).isEqualTo(new Score(1, 0));
  }

  @Test
  void ofManyClassesTheFiveWithMostVotesCountToo() {
    double[][] known = new double[2][12];
    for (int image = 0; image < 12; image++) {
      known[0][image] = Math.cos(0.1 * image);
      known[1][image] = Math.sin(0.1 * image);
    }
    int[] labels = IntStream.range(0, 12).toArray();
    double[][] asked = {{1, 1, 1}, {0, 0, 0}};
    Features test = Features.takeOwnershipOf(asked, new int[] {0, 4, 5});

    Score score =
        new NearestNeighbours(12, 200, 0.07).score(Features.takeOwnershipOf(known, labels), test);

    assertThat(score.accuracy()).isEqualTo(1 / 3.0);
    assertThat(score.top5()).hasValue(2 / 3.0);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.07", "200, 0", "200, NaN", "200, Infinity"})
  void settingsThatMakeNoSenseAreRefused(int count, double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NearestNeighbours(2, count, temperature))
        .withMessage(
            "expected at least 1 neighbour and a temperature above 0, got %d and %s"
                .formatted(count, temperature));
  }
}
