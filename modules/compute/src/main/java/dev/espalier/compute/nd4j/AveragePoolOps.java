package dev.espalier.compute.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of each channel over its places. */
final class AveragePoolOps implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    return inputs.getFirst().mean(1, 2);
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    INDArray planes = inputs.getFirst();
    long places = planes.size(1) * planes.size(2);
    INDArray each = gradient.div(places).reshape(gradient.size(0), 1, 1, gradient.size(1));
    return List.of(each.broadcast(planes.shape()));
  }
}
