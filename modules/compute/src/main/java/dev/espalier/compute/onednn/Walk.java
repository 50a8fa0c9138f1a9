package dev.espalier.compute.onednn;

/**
 * How a map of a few vectors is repeated over memory: for {@code count} runs of {@code bytes} bytes
 * each, all of whose vectors are mapped alike.
 *
 * @param count the number of runs
 * @param bytes the length of one run, a multiple of {@link Lanes#BYTES}
 * @param fromStep the bytes from one run that is read to the next
 * @param toStep the bytes from one run that is written to the next
 */
record Walk(int count, int bytes, long fromStep, long toStep) {
  /** One run. */
  static Walk over(int bytes) {
    return new Walk(1, bytes, bytes, bytes);
  }

  /** Vectors in a run. */
  int vectors() {
    return bytes / Lanes.BYTES;
  }

  /** Vectors in all. */
  int total() {
    return count * vectors();
  }

  /** The bytes from the end of one run that is read to the next. */
  long fromGap() {
    return fromStep - bytes;
  }

  /** The bytes from the end of one run that is written to the next. */
  long toGap() {
    return toStep - bytes;
  }
}
