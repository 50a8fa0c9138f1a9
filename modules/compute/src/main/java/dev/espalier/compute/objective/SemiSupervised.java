package dev.espalier.compute.objective;

import dev.espalier.compute.augment.Rotation;

/**
 * S⁴L-Rotation (Zhai et al. 2019): cross-entropy over the first {@code classes} outputs, as the
 * mean over the rows whose class is known, plus a weight times the cross-entropy over the last
 * four, the rotations, as the mean over all rows. Of a batch without any class only the second part
 * is left.
 *
 * <p>Each image is four rows, turned by 0 to 3 quarters; the answer of all four is its class, or
 * {@link #UNLABELLED}.
 */
public final class SemiSupervised implements BatchLoss {
  /** The answer for an image whose class is not told. */
  public static final int UNLABELLED = -1;

  private final int classes;
  private final double weight;
  private int[] answers = {};
  private int labelled;

  /**
   * The loss of outputs of {@code classes} + 4 values.
   *
   * @param weight of the rotations' part, at least 0
   */
  public SemiSupervised(int classes, double weight) {
    this.classes = classes;
    this.weight = weight;
  }

  @Override
  public void begin(long step, int[] given) {
    labelled = 0;
    for (int row = 0; row < given.length; row++) {
      if (given[row] < UNLABELLED || given[row] >= classes) {
        throw new IllegalArgumentException(
            "expected a class of 0 to %d or %d for none, got %d at row %d"
                .formatted(classes - 1, UNLABELLED, given[row], row));
      }
      labelled += given[row] == UNLABELLED ? 0 : 1;
    }
    answers = given.clone();
  }

  @Override
  public double run(double[] outputs, double[] gradient) {
    double loss = 0;
    for (int row = 0; row < answers.length; row++) {
      int at = row * (classes + Rotation.COUNT);
      double ofClass = answers[row] == UNLABELLED ? 0 : 1.0 / labelled;
      int label = Math.max(answers[row], 0);
      loss += Softmax.surprise(outputs, at, classes, label, ofClass, gradient);
      int turned = row % Rotation.COUNT;
      double ofRotation = weight / answers.length;
      loss += Softmax.surprise(outputs, at + classes, Rotation.COUNT, turned, ofRotation, gradient);
    }
    return loss;
  }
}
