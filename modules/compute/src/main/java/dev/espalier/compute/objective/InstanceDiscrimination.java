package dev.espalier.compute.objective;

import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.random.Draws;
import java.util.Arrays;
import java.util.List;

/**
 * Instance discrimination by a memory bank (NPID; Wu et al. 2018, eqs. 2, 4–7, without their
 * proximal term): each embedding, of length 1, is to be told from all images that the bank
 * remembers. P of an image is e^(v·z ÷ T) ÷ Z.
 *
 * <p>With K noise images, drawn for each row and step among all, the loss of a row is −log(P ÷ (P +
 * K ÷ N)) for its own image, and −log(K ÷ N ÷ (P + K ÷ N)) for each of the others. Z is N times the
 * mean of e^(v·z ÷ T) in the first batch. With K = 0 it is −log P over the whole bank, exactly. The
 * mean over all rows.
 *
 * <p>Answers are the images' numbers in the training set; one view an image.
 */
public final class InstanceDiscrimination implements BatchLoss {
  private static final int ROWS_AT_ONCE = 8; // pass over the bank

  private final MemoryBank bank;
  private final int width;
  private final double temperature;
  private final int negatives;
  private final long seed;

  private long step;
  private int[] images = {};
  private double[] seen = {}; // (images, width), of length 1

  /** How embeddings are told from each other. */
  public record Settings(int width, double temperature, int negatives) {
    /**
     * Checks the numbers.
     *
     * @param width values of an embedding
     * @param temperature T, above 0
     * @param negatives K, at least 0; 0 for the softmax over the whole bank
     * @throws IllegalArgumentException when one is out of range
     */
    public Settings {
      if (width < 1 || !(temperature > 0) || negatives < 0) {
        throw new IllegalArgumentException(
            "expected a width of at least 1, a temperature above 0 and at least 0 negatives, got"
                + " %d, %s and %d".formatted(width, temperature, negatives));
      }
    }
  }

  /**
   * The loss over a training set.
   *
   * @param images N, how many images it has
   * @param seed what bank and negatives are drawn from
   */
  public InstanceDiscrimination(Settings settings, int images, long seed) {
    this.bank = new MemoryBank(images, settings.width(), seed);
    this.width = settings.width();
    this.temperature = settings.temperature();
    this.negatives = settings.negatives();
    this.seed = seed;
  }

  @Override
  public void begin(long now, int[] answers) {
    for (int image : answers) {
      if (image < 0 || image >= bank.images()) {
        throw new IllegalArgumentException(
            "expected images 0 to %d, got %d".formatted(bank.images() - 1, image));
      }
    }
    step = now;
    images = answers.clone();
    seen = new double[0];
  }

  @Override
  public double run(double[] outputs, double[] gradient) {
    Directions directions = new Directions(outputs, width);
    double[] byUnits = new double[outputs.length];
    double loss =
        negatives == 0
            ? wholeBank(directions.units(), byUnits)
            : amongNoise(directions.units(), byUnits);
    directions.gradient(byUnits, gradient);
    seen = directions.units();
    return loss;
  }

  private double wholeBank(double[] units, double[] byUnits) {
    double loss = 0;
    for (int first = 0; first < images.length; first += ROWS_AT_ONCE) {
      loss += wholeBank(first, Math.min(first + ROWS_AT_ONCE, images.length), units, byUnits);
    }
    return loss;
  }

  private double wholeBank(int first, int end, double[] units, double[] byUnits) {
    int count = bank.images();
    double[] scores = new double[Math.multiplyExact(end - first, count)];
    for (int image = 0; image < count; image++) {
      for (int row = first; row < end; row++) {
        scores[(row - first) * count + image] = bank.dot(image, units, row * width) / temperature;
      }
    }
    double loss = 0;
    for (int row = first; row < end; row++) {
      int at = (row - first) * count;
      loss += Softmax.surprise(scores, at, count, images[row], 1.0 / images.length, scores);
    }
    for (int image = 0; image < count; image++) {
      for (int row = first; row < end; row++) {
        double factor = scores[(row - first) * count + image] / temperature;
        bank.addTo(image, factor, byUnits, row * width);
      }
    }
    return loss;
  }

  private double amongNoise(double[] units, double[] byUnits) {
    int[] chosen = choose(); // (images, own and noise)
    int choices = negatives + 1;
    double[] odds = new double[chosen.length]; // e^(v·z ÷ T)
    for (int i = 0; i < odds.length; i++) {
      odds[i] = StrictMath.exp(bank.dot(chosen[i], units, i / choices * width) / temperature);
    }
    if (bank.normaliser().isEmpty()) {
      bank.normaliseBy(bank.images() * Arrays.stream(odds).sum() / odds.length);
    }
    double z = bank.normaliser().getAsDouble();
    double noise = (double) negatives / bank.images();
    double loss = 0;
    for (int i = 0; i < odds.length; i++) {
      double share = odds[i] / z;
      boolean own = i % choices == 0;
      double slope = (own ? -noise : share) / (share + noise) / (temperature * images.length);
      bank.addTo(chosen[i], slope, byUnits, i / choices * width);
      loss += StrictMath.log((share + noise) / (own ? share : noise)) / images.length;
    }
    return loss;
  }

  private int[] choose() {
    Draws draws = Draws.of(seed, "negatives", step);
    int choices = negatives + 1;
    int[] chosen = new int[Math.multiplyExact(images.length, choices)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = i % choices == 0 ? images[i / choices] : draws.below(bank.images());
    }
    return chosen;
  }

  @Override
  public void end(Update update) {
    for (int row = 0; row * width < seen.length; row++) {
      bank.follow(images[row], seen, row * width);
    }
  }

  @Override
  public List<Owned> owned() {
    return List.of(bank);
  }

  /** NT-Xent of the same temperature: the bank knows nothing of other images. */
  @Override
  public BatchLoss ofViews() {
    return new NtXent(width, temperature);
  }
}
