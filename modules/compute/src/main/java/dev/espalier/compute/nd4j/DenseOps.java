package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer: x·Wᵀ + b. */
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
    return inputs.getFirst().mmul(weights.transpose()).addiRowVector(bias);
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    weightsGradient.assign(gradient.transpose().mmul(inputs.getFirst()));
    biasGradient.assign(gradient.sum(0));
    return List.of(gradient.mmul(weights));
  }
}
