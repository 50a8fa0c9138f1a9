package dev.espalier.compute.objective;

import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import java.util.Arrays;
import java.util.List;

/**
 * SwAV (Caron et al. 2020, "Unsupervised learning of visual features by contrasting cluster
 * assignments", §3): from the directions of an image's other crops the softmax over prototypes is
 * to tell the code of each of its two large crops, see {@link Sinkhorn}. The mean over the two
 * codes, over all other crops of the image, and over images; codes have no gradient. Without their
 * queue.
 *
 * <p>This is the loss of the large crops, {@link #ofSmallCrops} that of the small ones, whose
 * outputs are another plan's: of a {@link dev.espalier.compute.plan.JointPlan} the second. Crops of
 * an image follow each other; answers are not looked at.
 */
public final class Swav implements BatchLoss {
  private static final int LARGE = 2;

  private final Settings settings;
  private final Sinkhorn sinkhorn;
  private final Prototypes prototypes;

  private long step;
  private double[] rows; // the prototypes, as long as a step lasts
  private double[] codes = {}; // (images · 2, prototypes)
  private double[] byPrototypes = {}; // the gradient

  /**
   * How crops are told from each other.
   *
   * @param width values of an embedding
   * @param prototypes how many
   * @param smallCrops how many an image has beside its two large ones, at least 0
   * @param temperature what scores are divided by, above 0
   * @param epsilon of {@link Sinkhorn}, above 0
   * @param iterations of {@link Sinkhorn}, at least 1
   * @param frozenSteps for how many steps from training's start the prototypes stay as drawn
   */
  public record Settings(
      int width,
      int prototypes,
      int smallCrops,
      double temperature,
      double epsilon,
      int iterations,
      long frozenSteps) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Settings {
      if (width < 1
          || prototypes < 1
          || smallCrops < 0
          || !(temperature > 0)
          || !(epsilon > 0)
          || iterations < 1) {
        throw new IllegalArgumentException(
            "expected at least 1 value, prototype and iteration, at least 0 small crops, and a"
                + " temperature and an epsilon above 0, got %d, %d, %d, %d, %s and %s"
                    .formatted(width, prototypes, iterations, smallCrops, temperature, epsilon));
      }
    }
  }

  /**
   * The loss with prototypes of its own.
   *
   * @param optimizer what moves the network, and so the prototypes
   * @param seed what the prototypes are drawn from
   */
  public Swav(Settings settings, Optimizer optimizer, long seed) {
    this.settings = settings;
    this.sinkhorn = new Sinkhorn(settings.epsilon(), settings.iterations());
    this.prototypes = new Prototypes(settings.prototypes(), settings.width(), optimizer, seed);
    this.rows = prototypes.rows();
  }

  @Override
  public void begin(long now, int[] answers) {
    step = now;
  }

  @Override
  public double run(double[] outputs, double[] gradient) {
    rows = prototypes.rows();
    byPrototypes = new double[rows.length];
    Directions directions = new Directions(outputs, settings.width());
    double[] scores = scores(directions);
    codes = codes(scores);
    double[] targets = new double[scores.length];
    int count = settings.prototypes();
    for (int crop = 0; crop < directions.rows(); crop++) {
      System.arraycopy(codes, (crop ^ 1) * count, targets, crop * count, count);
    }
    return predict(scores, targets, directions, gradient);
  }

  /** The loss of the small crops, after that of the large crops of the same images. */
  public Loss ofSmallCrops() {
    return (outputs, gradient) -> {
      Directions directions = new Directions(outputs, settings.width());
      double[] scores = scores(directions);
      int count = settings.prototypes();
      double[] targets = new double[scores.length];
      for (int crop = 0; crop < directions.rows(); crop++) {
        int first = crop / settings.smallCrops() * LARGE * count;
        Rows.add(1, codes, first, targets, crop * count, count);
        Rows.add(1, codes, first + count, targets, crop * count, count);
      }
      return predict(scores, targets, directions, gradient);
    };
  }

  private double[] scores(Directions directions) {
    int count = settings.prototypes();
    int width = settings.width();
    double[] scores = new double[directions.rows() * count];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Rows.dot(directions.units(), i / count * width, rows, i % count * width, width);
    }
    return scores;
  }

  /** The codes of all first crops among each other, and of all second ones. */
  private double[] codes(double[] scores) {
    int count = settings.prototypes();
    int images = scores.length / count / LARGE;
    double[] all = new double[scores.length];
    double[] part = new double[images * count];
    for (int crop = 0; crop < LARGE; crop++) {
      for (int image = 0; image < images; image++) {
        System.arraycopy(scores, (image * LARGE + crop) * count, part, image * count, count);
      }
      double[] coded = sinkhorn.codes(part, count);
      for (int image = 0; image < images; image++) {
        System.arraycopy(coded, image * count, all, (image * LARGE + crop) * count, count);
      }
    }
    return all;
  }

  /**
   * The part that some crops have in the loss, −Σ q·log p over the codes q that they are to tell,
   * added up in {@code targets}; a share each of all pairs of a code and another crop.
   */
  private double predict(
      double[] scores, double[] targets, Directions directions, double[] gradient) {
    int count = settings.prototypes();
    int images = codes.length / count / LARGE;
    double share = 1.0 / (LARGE * (LARGE - 1 + settings.smallCrops()) * images);
    double loss = 0;
    double[] byScores = new double[scores.length];
    for (int crop = 0; crop < directions.rows(); crop++) {
      loss += share * surprise(scores, targets, crop * count, byScores);
    }
    double[] byUnits = new double[gradient.length];
    int width = settings.width();
    for (int i = 0; i < scores.length; i++) {
      double factor = share * byScores[i];
      Rows.add(factor, rows, i % count * width, byUnits, i / count * width, width);
      Rows.add(
          factor, directions.units(), i / count * width, byPrototypes, i % count * width, width);
    }
    directions.gradient(byUnits, gradient);
    return loss;
  }

  /** −Σ q·log p of one crop, and its gradient by the scores, which stand unscaled. */
  private double surprise(double[] scores, double[] targets, int at, double[] byScores) {
    int count = settings.prototypes();
    double[] scaled = new double[count];
    for (int k = 0; k < count; k++) {
      scaled[k] = scores[at + k] / settings.temperature();
    }
    double[] shares = new double[count];
    double all = Softmax.shares(scaled, 0, count, shares);
    double told = Arrays.stream(targets, at, at + count).sum();
    double loss = 0;
    for (int k = 0; k < count; k++) {
      loss += targets[at + k] * (all - scaled[k]);
      byScores[at + k] = (told * shares[k] - targets[at + k]) / settings.temperature();
    }
    return loss;
  }

  @Override
  public void end(Update update) {
    if (step >= settings.frozenSteps()) {
      prototypes.update(update, byPrototypes);
    }
  }

  @Override
  public List<Owned> owned() {
    return List.of(prototypes);
  }

  @Override
  public void close() {
    prototypes.close();
  }
}
