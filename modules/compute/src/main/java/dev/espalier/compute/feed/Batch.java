package dev.espalier.compute.feed;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** The inputs of one step or test batch, and the answer to each; filled again and again. */
public final class Batch {
  private final float[] inputs; // (inputs, rows, columns, channels), then what else there is
  private final int length;
  private final int[] answers; // (inputs)
  private int count;

  /**
   * A batch that holds nothing yet.
   *
   * @param size the most inputs that it takes
   * @param length values of an input
   */
  public Batch(int size, int length) {
    this(size, length, 0);
  }

  /**
   * One that has room behind its inputs, which goes with them: for inputs of another size.
   *
   * @param more how many values go there, all of which are written for every batch
   */
  public Batch(int size, int length, int more) {
    this.inputs = new float[Math.addExact(Math.multiplyExact(size, length), more)];
    this.length = length;
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
    return count * length;
  }

  /** Where what lies behind the inputs begins. */
  public int more() {
    return answers.length * length;
  }

  /** How many inputs were taken in. */
  public int count() {
    return count;
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

  /**
   * Writes all inputs to the beginning of {@code to}, whose position stays, and what lies behind
   * them to where it lies in a full batch.
   */
  public void copyTo(FloatBuffer to) {
    to.put(0, inputs, 0, end());
    if (more() < inputs.length) {
      to.put(more(), inputs, more(), inputs.length - more());
    }
  }
}
