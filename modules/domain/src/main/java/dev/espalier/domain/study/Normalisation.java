package dev.espalier.domain.study;

import java.util.List;

/**
 * How a value becomes a network's input: (value − mean) ÷ deviation, for each channel, values
 * running from 0 to 1.
 *
 * @param means one a channel; one alone serves all channels
 * @param deviations as many, above 0
 */
public record Normalisation(List<Double> means, List<Double> deviations) {
  /** The figures of ImageNet's training images that most published networks are trained with. */
  public static final Normalisation IMAGENET =
      new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /**
   * Copies and checks the figures.
   *
   * @throws IllegalArgumentException unless there are one or three of each, all finite and the
   *     deviations above 0
   */
  public Normalisation {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    boolean fit = means.size() == deviations.size() && (means.size() == 1 || means.size() == 3);
    boolean finite = means.stream().allMatch(Double::isFinite);
    if (!fit || !finite || !deviations.stream().allMatch(d -> d > 0 && Double.isFinite(d))) {
      throw new IllegalArgumentException(
          "expected 1 or 3 means and as many deviations above 0, got "
              + means
              + " and "
              + deviations);
    }
  }
}
