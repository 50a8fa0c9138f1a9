package dev.espalier.compute.probe;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.plan.Plan;
import dev.espalier.domain.task.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Classifies test images by the training images whose frozen features are nearest, without any
 * training (Wu et al. 2018, "Unsupervised feature learning via non-parametric instance
 * discrimination", section 3.4): each of the k nearest, by the cosine s of the angle between
 * features, votes for its class with exp(s ÷ τ). Exact; of images that are equally near the one
 * that comes first in the data counts.
 */
public final class NearestNeighbours {
  /** k unless said, as in the paper. */
  public static final int USUAL_COUNT = 200;

  /** τ unless said, as in the paper; its code takes 0.1 for CIFAR-10. */
  public static final double USUAL_TEMPERATURE = 0.07;

  private static final int LIKELIEST = 5;
  private static final int BLOCK = 64; // test images that go through the training images together

  private final int classes;
  private final int count;
  private final double temperature;

  /**
   * A classifier of so many classes.
   *
   * @param count k, at least 1
   * @param temperature τ, above 0
   * @throws IllegalArgumentException when k or τ is out of range
   */
  NearestNeighbours(int classes, int count, double temperature) {
    if (count < 1 || !(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "expected at least 1 neighbour and a temperature above 0, got %d and %s"
              .formatted(count, temperature));
    }
    this.classes = classes;
    this.count = count;
    this.temperature = temperature;
  }

  /**
   * How well they do on the test images.
   *
   * @param count k, at least 1; all training images where there are fewer
   * @param temperature τ, above 0
   * @return the loss is the mean share of the votes that went to other classes than the right one,
   *     0 to 1
   * @throws IllegalArgumentException when k or τ is out of range
   */
  public static Score of(Reading reading, Plan plan, int count, double temperature) {
    Dataset data = reading.data();
    NearestNeighbours neighbours = new NearestNeighbours(data.classes(), count, temperature);
    Features train = Features.of(data.train(), reading, plan);
    return neighbours.score(train, Features.of(data.test(), reading, plan));
  }

  /** How well the neighbours among {@code train} do on {@code test}. */
  Score score(Features train, Features test) {
    Directions known = Directions.of(train);
    Directions asked = Directions.of(test);
    double all = test.count();
    long right = 0;
    long amongFive = 0;
    double astray = 0;
    for (int first = 0; first < test.count(); first += BLOCK) {
      List<Nearest> block = nearest(known, asked, first, Math.min(BLOCK, test.count() - first));
      for (int i = 0; i < block.size(); i++) {
        double[] votes = votes(block.get(i), train);
        int label = test.label(first + i);
        int before = classesBefore(label, votes);
        right += before == 0 ? 1 : 0;
        amongFive += before < LIKELIEST ? 1 : 0;
        astray += 1 - votes[label];
      }
    }
    OptionalDouble top5 =
        classes > Score.FEW ? OptionalDouble.of(amongFive / all) : OptionalDouble.empty();
    return new Score(right / all, astray / all, top5);
  }

  /** The nearest of {@code known} to each of {@code number} images from {@code first} on. */
  private List<Nearest> nearest(Directions known, Directions asked, int first, int number) {
    List<Nearest> block = new ArrayList<>();
    List<float[][]> groups = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      block.add(new Nearest(Math.min(count, known.count())));
      if (i % Directions.GROUP == 0) {
        groups.add(asked.group(first + i));
      }
    }
    float[][] cosines = new float[Directions.GROUP][Directions.PANEL];
    for (int panel = 0; panel < known.panels(); panel++) {
      for (int i = 0; i < number; i++) {
        int member = i % Directions.GROUP;
        if (member == 0) {
          known.cosines(panel, groups.get(i / Directions.GROUP), cosines);
        }
        offer(cosines[member], panel * Directions.PANEL, known.count(), block.get(i));
      }
    }
    return block;
  }

  private static void offer(float[] cosines, int first, int end, Nearest nearest) {
    for (int i = 0; i < Math.min(cosines.length, end - first); i++) {
      nearest.offer(cosines[i], first + i);
    }
  }

  /** The share of the votes that each class gets. */
  private double[] votes(Nearest nearest, Features train) {
    double[] votes = new double[classes];
    double sum = 0;
    List<Nearest.Neighbour> neighbours = nearest.neighbours();
    double most = neighbours.getFirst().cosine();
    for (Nearest.Neighbour neighbour : neighbours) {
      double vote = Math.exp((neighbour.cosine() - most) / temperature);
      votes[train.label(neighbour.image())] += vote;
      sum += vote;
    }
    for (int c = 0; c < classes; c++) {
      votes[c] /= sum;
    }
    return votes;
  }

  /** How many classes get more votes than {@code label}, or as many and have a lower number. */
  private static int classesBefore(int label, double[] votes) {
    int before = 0;
    for (int c = 0; c < votes.length; c++) {
      before += votes[c] > votes[label] || (votes[c] == votes[label] && c < label) ? 1 : 0;
    }
    return before;
  }
}
