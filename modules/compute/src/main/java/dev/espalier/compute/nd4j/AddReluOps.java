package dev.espalier.compute.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The end of a block: max(0, main + shortcut). */
final class AddReluOps implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    return Transforms.relu(inputs.getFirst().add(inputs.getLast()), false);
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    INDArray inner = Signs.where(output, gradient);
    return List.of(inner, inner);
  }
}
