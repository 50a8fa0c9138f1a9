package dev.espalier.compute.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Those of many images that are nearest to one: each is a number whose upper half orders as its
 * cosine and whose lower half falls as its place in the data rises.
 */
final class Nearest {
  private final int count;
  private final long[] found;
  private int size;
  private float least = Float.NEGATIVE_INFINITY;

  /** The nearest {@code count}, of which there are none yet. */
  Nearest(int count) {
    this.count = count;
    this.found = new long[2 * count];
  }

  /**
   * One of the nearest.
   *
   * @param image its place in the data
   * @param cosine of the angle to it, −1 to 1
   */
  record Neighbour(int image, float cosine) {}

  /** Takes another image in, unless enough are nearer. */
  void offer(float cosine, int image) {
    if (cosine < least) {
      return;
    }
    found[size] = (long) ordered(cosine + 0f) << Integer.SIZE | (Integer.MAX_VALUE - image);
    size++;
    if (size == found.length) {
      thin();
    }
  }

  /** A whole number that orders as {@code value}, and the way back. */
  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
  }

  private static float unordered(int number) {
    return Float.intBitsToFloat(number ^ ((number >> (Integer.SIZE - 1)) & Integer.MAX_VALUE));
  }

  /** Leaves only the nearest, in ascending order. */
  private void thin() {
    Arrays.sort(found, 0, size);
    int excess = Math.max(0, size - count);
    size -= excess;
    System.arraycopy(found, excess, found, 0, size);
    least = cosine(found[0]);
  }

  private static float cosine(long key) {
    return unordered((int) (key >> Integer.SIZE));
  }

  /** All of them, the nearest first; at least one image must have been offered. */
  List<Neighbour> neighbours() {
    thin();
    List<Neighbour> neighbours = new ArrayList<>();
    for (int i = size - 1; i >= 0; i--) {
      neighbours.add(new Neighbour(Integer.MAX_VALUE - (int) found[i], cosine(found[i])));
    }
    return neighbours;
  }
}
