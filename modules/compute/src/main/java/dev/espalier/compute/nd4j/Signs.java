package dev.espalier.compute.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The backward half of max(0, ·). */
final class Signs {
  private Signs() {}

  /** {@code gradient} where {@code output} is above 0, and 0 elsewhere. */
  static INDArray where(INDArray output, INDArray gradient) {
    return output.gt(0).castTo(gradient.dataType()).muli(gradient);
  }
}
