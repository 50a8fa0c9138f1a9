package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of each channel over the places of each field of a grid. */
record AveragePoolOps(Layer.AveragePool layer) implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    INDArray planes = inputs.getFirst();
    int size = layer.size();
    return fields(planes).mean(2, 4).reshape('c', planes.size(0), size, size, planes.size(-1));
  }

  private INDArray fields(INDArray planes) {
    long inner = planes.size(1) / layer.size();
    return planes.reshape(
        'c', planes.size(0), layer.size(), inner, layer.size(), inner, planes.size(-1));
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    INDArray planes = inputs.getFirst();
    int size = layer.size();
    INDArray fields = fields(planes);
    INDArray each =
        gradient
            .div(fields.size(2) * fields.size(4))
            .reshape('c', gradient.size(0), size, 1, size, 1, planes.size(-1))
            .broadcast(fields.shape());
    return List.of(each.reshape('c', planes.shape()));
  }
}
