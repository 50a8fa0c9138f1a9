package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Both directions of an {@link Activation}. */
final class Cutoff {
  private static final int SIX = 6;

  private Cutoff() {}

  /** What is left of {@code value}. */
  static INDArray of(INDArray value, Activation activation) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> Transforms.relu(value, true);
      case RELU6 -> Transforms.min(Transforms.relu(value, true), SIX, false);
    };
  }

  /**
   * {@code gradient} where nothing was cut off, and 0 elsewhere.
   *
   * @param output what was left
   */
  static INDArray gradient(INDArray output, INDArray gradient, Activation activation) {
    return switch (activation) {
      case NONE -> gradient;
      case RELU -> kept(output).muli(gradient);
      case RELU6 -> kept(output).muli(output.lt(SIX).castTo(output.dataType())).muli(gradient);
    };
  }

  private static INDArray kept(INDArray output) {
    return output.gt(0).castTo(output.dataType());
  }
}
