package dev.espalier.compute.data;

import java.util.List;

/**
 * How a value from 0 to 255 becomes a network's input: (value ÷ 255 − mean) ÷ deviation, for each
 * channel.
 */
public final class Normalisation {
  private static final int LEVELS = 256;

  private final float[][] levels; // (channel, value)

  private Normalisation(float[][] levels) {
    this.levels = levels;
  }

  /**
   * The normalisation by these figures, red, green and blue, as fractions of 255.
   *
   * @throws IllegalArgumentException unless there are three of each and every deviation is above 0
   */
  static Normalisation of(List<Double> means, List<Double> deviations) {
    if (means.size() != Images.CHANNELS || deviations.size() != Images.CHANNELS) {
      throw new IllegalArgumentException(
          "expected 3 means and deviations, got " + means + " and " + deviations);
    }
    float[][] levels = new float[Images.CHANNELS][LEVELS];
    for (int channel = 0; channel < Images.CHANNELS; channel++) {
      double deviation = deviations.get(channel);
      if (!(deviation > 0)) {
        throw new IllegalArgumentException("expected deviations above 0, got " + deviations);
      }
      for (int value = 0; value < LEVELS; value++) {
        levels[channel][value] =
            (float) ((value / (LEVELS - 1.0) - means.get(channel)) / deviation);
      }
    }
    return new Normalisation(levels);
  }

  /** The input for {@code value}, 0 to 255, of {@code channel}. */
  public float input(int channel, int value) {
    return levels[channel][value];
  }

  /** The inputs for the values of {@code channel}, for whoever reads many. */
  float[] inputs(int channel) {
    return levels[channel];
  }
}
