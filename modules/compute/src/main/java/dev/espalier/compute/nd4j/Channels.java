package dev.espalier.compute.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The channels of a value, which are its last axis. */
final class Channels {
  private Channels() {}

  /** A copy of channels {@code from} to {@code to} − 1. */
  static INDArray copy(INDArray value, int from, int to) {
    double[] whole = Flat.of(value);
    int channels = count(value);
    double[] part = new double[whole.length / channels * (to - from)];
    for (int place = 0; place < whole.length / channels; place++) {
      System.arraycopy(whole, place * channels + from, part, place * (to - from), to - from);
    }
    return Flat.toPlanes(part, value, value.size(1), to - from);
  }

  /** How many channels {@code value} has. */
  static int count(INDArray value) {
    return Math.toIntExact(value.size(-1));
  }

  /** The channels of all {@code parts} one after the other. */
  static INDArray joined(List<INDArray> parts) {
    INDArray first = parts.getFirst();
    int channels = parts.stream().mapToInt(Channels::count).sum();
    int places = Math.toIntExact(first.length() / first.size(-1));
    double[] whole = new double[places * channels];
    int from = 0;
    for (INDArray part : parts) {
      int count = count(part);
      double[] values = Flat.of(part);
      for (int place = 0; place < places; place++) {
        System.arraycopy(values, place * count, whole, place * channels + from, count);
      }
      from += count;
    }
    return Flat.toPlanes(whole, first, first.size(1), channels);
  }
}
