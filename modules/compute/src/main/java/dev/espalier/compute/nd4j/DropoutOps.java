package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Noise;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What {@link Noise} drops. */
record DropoutOps(Layer.Dropout layer, Noise noise) implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    INDArray input = inputs.getFirst();
    return training ? input.mul(factors(input)) : input;
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    return List.of(gradient.mul(factors(gradient)));
  }

  private INDArray factors(INDArray value) {
    double[] factors = new double[Math.toIntExact(value.length())];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = noise.at(i) < layer.probability() ? 0 : 1 / (1 - layer.probability());
    }
    return Nd4j.createFromArray(factors).castTo(value.dataType()).reshape('c', value.shape());
  }
}
