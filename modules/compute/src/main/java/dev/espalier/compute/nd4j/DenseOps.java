package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer: x·Wᵀ + b, where x runs through the channels' planes one after the other. */
final class DenseOps implements LayerOps {
  private final INDArray weights; // (out, in)
  private final INDArray bias; // (out)
  private final INDArray weightsGradient;
  private final INDArray biasGradient;

  DenseOps(ParameterViews views, Layer.Dense layer) {
    this.weights = views.weights(layer.name() + ".weight");
    this.bias = views.weights(layer.name() + ".bias");
    this.weightsGradient = views.gradient(layer.name() + ".weight");
    this.biasGradient = views.gradient(layer.name() + ".bias");
  }

  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    INDArray result = rows(inputs.getFirst()).mmul(weights.transpose()).addiRowVector(bias);
    return result.reshape('c', result.rows(), 1, 1, result.columns());
  }

  private static INDArray rows(INDArray planes) {
    INDArray channelsFirst = planes.permute(0, 3, 1, 2).dup('c');
    return channelsFirst.reshape('c', planes.size(0), channelsFirst.length() / planes.size(0));
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    INDArray planes = inputs.getFirst();
    INDArray outer = rows(gradient);
    weightsGradient.assign(outer.transpose().mmul(rows(planes)));
    biasGradient.assign(outer.sum(0));
    INDArray inner =
        outer
            .mmul(weights)
            .reshape('c', planes.size(0), planes.size(3), planes.size(1), planes.size(2));
    return List.of(inner.permute(0, 2, 3, 1).dup('c'));
  }
}
