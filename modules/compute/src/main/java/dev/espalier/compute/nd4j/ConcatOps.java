package dev.espalier.compute.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Channels one after the other. */
final class ConcatOps implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    return Channels.joined(inputs);
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    List<INDArray> parts = new ArrayList<>();
    int from = 0;
    for (INDArray input : inputs) {
      int to = from + Channels.count(input);
      parts.add(Channels.copy(gradient, from, to));
      from = to;
    }
    return parts;
  }
}
