package dev.espalier.compute.onednn;

/**
 * How a map of a few vectors is repeated over memory: {@code count} runs of {@code bytes} bytes
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

  /** The same walk, in one run where its runs lie side by side. */
  Walk joined() {
    return fromStep == bytes && toStep == bytes ? over(count * bytes) : this;
  }
}
