package dev.espalier.compute.data;

import dev.espalier.domain.study.Normalisation;
import java.util.ArrayList;
import java.util.List;

/** Mean and deviation of each channel over some pictures, exact but for the last rounding. */
final class Moments {
  private static final double GREATEST = 255;

  private final long[] sums;
  private final long[] squares;
  private final long values; // of one channel

  private Moments(int channels, long values) {
    this.sums = new long[channels];
    this.squares = new long[channels];
    this.values = values;
  }

  /** Those of {@code images}. */
  static Moments of(Records images) {
    int size = images.volume().size();
    Moments moments = new Moments(images.volume().channels(), (long) images.count() * size * size);
    for (int i = 0; i < images.count(); i++) {
      moments.add(images.picture(i));
    }
    return moments;
  }

  private void add(Picture picture) {
    for (int channel = 0; channel < sums.length; channel++) {
      long sum = 0;
      long square = 0;
      for (int row = 0; row < picture.rows(); row++) {
        int at = picture.at(channel, row);
        for (int column = 0; column < picture.columns(); column++) {
          int value = picture.bytes()[at + column] & 0xFF;
          sum += value;
          square += (long) value * value;
        }
      }
      sums[channel] += sum;
      squares[channel] += square;
    }
  }

  /** The normalisation by them; a channel that never changes is only shifted. */
  Normalisation normalisation() {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int channel = 0; channel < sums.length; channel++) {
      double mean = (double) sums[channel] / values;
      double variance = (double) squares[channel] / values - mean * mean;
      means.add(mean / GREATEST);
      deviations.add(variance > 0 ? Math.sqrt(variance) / GREATEST : 1);
    }
    return new Normalisation(means, deviations);
  }
}
