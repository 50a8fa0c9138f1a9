package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The end of a block: main + shortcut, and the activation. */
record SumOps(Layer.Sum layer) implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    return Cutoff.of(inputs.getFirst().add(inputs.getLast()), layer.activation());
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    INDArray inner = Cutoff.gradient(output, gradient, layer.activation());
    return List.of(inner, inner);
  }
}
