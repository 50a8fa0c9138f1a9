package dev.espalier.compute.objective;

import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.random.Draws;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What instance discrimination remembers of each training image: an embedding that follows those
 * seen by half, always of length 1 once it was seen (Wu et al. 2018, "Unsupervised feature learning
 * via non-parametric instance discrimination", §3.2–3.3). At first uniform within ±1 ÷ √(width ÷
 * 3). With it goes Z, the normaliser that their noise-contrastive estimation takes from the first
 * batch.
 */
final class MemoryBank implements Owned {
  private static final double MOMENTUM = 0.5;
  private static final String NORMALISER = "normaliser";

  private final int images;
  private final int width;
  private final double[] rows; // (images, width)
  private OptionalDouble normaliser = OptionalDouble.empty();

  /** The bank of so many images, as {@code seed} draws it. */
  MemoryBank(int images, int width, long seed) {
    this.images = images;
    this.width = width;
    this.rows = new double[Math.multiplyExact(images, width)];
    double bound = 1 / Math.sqrt(width / 3.0);
    Draws draws = Draws.of(seed, "memory bank");
    for (int i = 0; i < rows.length; i++) {
      rows[i] = draws.between(-bound, bound);
    }
  }

  /** How many images it remembers. */
  int images() {
    return images;
  }

  /** Σ of the products of an image's embedding with {@code width} values. */
  double dot(int image, double[] values, int at) {
    return Rows.dot(rows, image * width, values, at, width);
  }

  /** Adds {@code factor} times an image's embedding to {@code width} values. */
  void addTo(int image, double factor, double[] values, int at) {
    Rows.add(factor, rows, image * width, values, at, width);
  }

  /** Z, once it is known. */
  OptionalDouble normaliser() {
    return normaliser;
  }

  /** Makes Z known. */
  void normaliseBy(double z) {
    normaliser = OptionalDouble.of(z);
  }

  /** Lets an image's embedding follow one of length 1 that was seen. */
  void follow(int image, double[] seen, int at) {
    int own = image * width;
    for (int i = 0; i < width; i++) {
      rows[own + i] = MOMENTUM * rows[own + i] + (1 - MOMENTUM) * seen[at + i];
    }
    Rows.normalise(rows, own, width);
  }

  @Override
  public String name() {
    return "memory bank";
  }

  @Override
  public Map<String, MemorySegment> tensors() {
    return Map.of("rows", MemorySegment.ofArray(rows));
  }

  @Override
  public Map<String, String> values() {
    return normaliser.isEmpty()
        ? Map.of()
        : Map.of(NORMALISER, Double.toHexString(normaliser.getAsDouble()));
  }

  @Override
  public void resume(Map<String, String> values) {
    String z = values.get(NORMALISER);
    normaliser = z == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(z));
  }
}
