package dev.espalier.compute.feed;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** The inputs of one step or test batch, and the answer to each; filled again and again. */
public final class Batch {
  private final float[] inputs; // (inputs, rows, columns, channels)
  private final int[] answers; // (inputs)
  private int count;

  /**
   * A batch that holds nothing yet.
   *
   * @param size the most inputs that it takes
   * @param length values of an input
   */
  public Batch(int size, int length) {
    this.inputs = new float[Math.multiplyExact(size, length)];
    this.answers = new int[size];
  }

  /** Begins anew, with nothing in it. */
  void clear() {
    count = 0;
  }

  /** Where inputs are written, one after the other. */
  public float[] inputs() {
    return inputs;
  }

  /** Where the next input is written. */
  public int end() {
    return count * (inputs.length / answers.length);
  }

  /**
   * Takes in the input that was written behind the last one.
   *
   * @throws ArrayIndexOutOfBoundsException when the batch is full
   */
  public void add(int answer) {
    answers[count] = answer;
    count++;
  }

  /** The answer to each input, copied. */
  public int[] answers() {
    return Arrays.copyOf(answers, count);
  }

  /** Writes all inputs to the beginning of {@code to}, whose position stays. */
  public void copyTo(FloatBuffer to) {
    to.put(0, inputs, 0, end());
  }
}
