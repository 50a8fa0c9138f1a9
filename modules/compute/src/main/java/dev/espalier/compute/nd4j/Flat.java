package dev.espalier.compute.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values as plain arrays in the order batch, row, column, channel, for what ND4J has no op for. */
final class Flat {
  private Flat() {}

  /** A copy of {@code planes}. */
  static double[] of(INDArray planes) {
    return planes.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  /**
   * The planes of {@code values} in the number format of {@code like}, as many images as it has.
   */
  static INDArray toPlanes(double[] values, INDArray like, long size, long channels) {
    return Nd4j.createFromArray(values)
        .castTo(like.dataType())
        .reshape('c', like.size(0), size, size, channels);
  }
}
