package dev.espalier.compute.onednn;

/**
 * How a map of a few vectors is repeated over memory: for some runs of vectors that follow each
 * other, each beginning somewhere else in what is read and in what is written.
 */
final class Walk {
  private final int vectors;
  private final long[] from;
  private final long[] to;

  private Walk(int vectors, long[] from, long[] to) {
    this.vectors = vectors;
    this.from = from;
    this.to = to;
  }

  /** One run of {@code bytes} bytes of float32, a multiple of {@link Lanes#BYTES}. */
  static Walk over(int bytes) {
    return new Walk(bytes / Lanes.BYTES, new long[] {0, 0}, new long[] {0, 0});
  }

  /**
   * All this again and again.
   *
   * @param times how often, at least once
   * @param fromStep the bytes from one time that is read to the next
   * @param toStep the bytes from one time that is written to the next
   */
  Walk repeated(int times, long fromStep, long toStep) {
    return new Walk(vectors, repeated(from, times, fromStep), repeated(to, times, toStep));
  }

  private static long[] repeated(long[] runs, int times, long step) {
    int before = runs.length - 1;
    long[] all = new long[before * times + 1];
    for (int i = 0; i < before * times; i++) {
      all[i] = runs[i % before] + i / before * step;
    }
    return all;
  }

  /** Vectors in a run. */
  int vectors() {
    return vectors;
  }

  /** Vectors in all. */
  int total() {
    return vectors * (from.length - 1);
  }

  /** The bytes before a run in what is read; for the run after the last one, too, any number. */
  long from(int run) {
    return from[run];
  }

  /** The bytes before a run in what is written, see {@link #from}. */
  long to(int run) {
    return to[run];
  }
}
