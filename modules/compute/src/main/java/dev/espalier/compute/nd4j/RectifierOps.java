package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation on its own. */
record RectifierOps(Layer.Rectifier layer) implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    return Cutoff.of(inputs.getFirst(), layer.activation());
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    return List.of(Cutoff.gradient(output, gradient, layer.activation()));
  }
}
