package dev.espalier.compute.objective;

import java.nio.FloatBuffer;

/**
 * How well a network tells images apart by views that it has not seen: batches of two views an
 * image, one after the other. Right is a view whose nearest other view in the batch, by the cosine
 * of their outputs, is of the same image; of views equally near the first counts. So accuracy
 * depends on the size of a batch, as such a loss itself does.
 */
public final class ViewExam {
  private final BatchLoss loss;
  private final int width;
  private long views;
  private long right;
  private double losses;

  /**
   * An exam in which nothing is marked yet.
   *
   * @param loss what the network is trained by; {@link BatchLoss#ofViews} is measured
   * @param width the values of an output
   */
  public ViewExam(BatchLoss loss, int width) {
    this.loss = loss.ofViews();
    this.width = width;
  }

  /**
   * Marks a batch.
   *
   * @param outputs (views, width) in C order, perhaps more behind them
   * @param images of each view the image's number
   */
  public void mark(FloatBuffer outputs, int[] images) {
    double[] values = new double[images.length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = outputs.get(i);
    }
    loss.begin(0, images);
    losses += loss.run(values, new double[values.length]) * images.length;
    Directions directions = new Directions(values, width);
    for (int view = 0; view < images.length; view++) {
      right += images[nearest(view, directions)] == images[view] ? 1 : 0;
    }
    views += images.length;
  }

  private static int nearest(int view, Directions directions) {
    int nearest = view == 0 ? 1 : 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < directions.rows(); other++) {
      double cosine = other == view ? Double.NEGATIVE_INFINITY : directions.cosine(view, other);
      if (cosine > largest) {
        nearest = other;
        largest = cosine;
      }
    }
    return nearest;
  }

  /** How many views were marked. */
  public long views() {
    return views;
  }

  /** The share of views that were right. */
  public double accuracy() {
    return (double) right / views;
  }

  /** The mean loss over all views, in nats. */
  public double loss() {
    return losses / views;
  }
}
