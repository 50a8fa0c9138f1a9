package dev.espalier.compute.augment;

import dev.espalier.compute.data.DataException;
import dev.espalier.domain.study.Normalisation;
import java.util.List;

/** What each value from 0 to 255 becomes as a network's input: (value ÷ 255 − mean) ÷ deviation. */
public final class Levels {
  private static final int COUNT = 256;

  private final float[][] levels; // (channel, value)
  private final float[] scales; // (channel): 1 ÷ deviation
  private final float[] shifts; // (channel): −mean ÷ deviation

  private Levels(int channels) {
    levels = new float[channels][COUNT];
    scales = new float[channels];
    shifts = new float[channels];
  }

  /**
   * The inputs by {@code normalisation}.
   *
   * @param channels of the pictures
   * @throws DataException when it has figures for another number of channels
   */
  static Levels of(Normalisation normalisation, int channels) {
    List<Double> means = normalisation.means();
    if (means.size() != 1 && means.size() != channels) {
      throw DataException.badInput(
          "expected a normalisation of pictures of %d %s, got means %s and deviations %s"
              .formatted(
                  channels,
                  channels == 1 ? "channel" : "channels",
                  means,
                  normalisation.deviations()));
    }
    Levels all = new Levels(channels);
    for (int channel = 0; channel < channels; channel++) {
      int figure = Math.min(channel, means.size() - 1);
      all.set(channel, means.get(figure), normalisation.deviations().get(figure));
    }
    return all;
  }

  private void set(int channel, double mean, double deviation) {
    scales[channel] = (float) (1 / deviation);
    shifts[channel] = (float) (-mean / deviation);
    for (int value = 0; value < COUNT; value++) {
      levels[channel][value] = (float) ((value / (COUNT - 1.0) - mean) / deviation);
    }
  }

  /** The number of channels. */
  int channels() {
    return levels.length;
  }

  /** The input for {@code value}, 0 to 255, of {@code channel}. */
  public float input(int channel, int value) {
    return levels[channel][value];
  }

  /** The inputs for the values of {@code channel}, for whoever reads many. */
  float[] inputs(int channel) {
    return levels[channel];
  }

  /** What a value from 0 to 1 of {@code channel} is multiplied by. */
  float scale(int channel) {
    return scales[channel];
  }

  /** What is added then. */
  float shift(int channel) {
    return shifts[channel];
  }
}
