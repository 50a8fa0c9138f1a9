package dev.espalier.compute.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer. Its inputs and what it gives are (batch, rows, columns, channels). */
interface LayerOps {
  /** What it gives, with the batch's statistics if {@code training}, else with the running ones. */
  INDArray forward(List<INDArray> inputs, boolean training);

  /**
   * The gradients of its inputs, from the gradient of what it gave in the last pass; writes those
   * of its parameters. The gradient given is left as it is.
   */
  List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient);
}
