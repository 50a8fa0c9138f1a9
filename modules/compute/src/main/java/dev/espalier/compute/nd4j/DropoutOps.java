package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Noise;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What {@link Noise} drops. */
final class DropoutOps implements LayerOps {
  private final Layer.Dropout layer;
  private final Noise noise;
  private boolean dropped; // whether the last pass was one of training

  DropoutOps(Layer.Dropout layer, Noise noise) {
    this.layer = layer;
    this.noise = noise;
  }

  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    dropped = training;
    INDArray input = inputs.getFirst();
    return training ? input.mul(factors(input)) : input;
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    return List.of(dropped ? gradient.mul(factors(gradient)) : gradient);
  }

  private INDArray factors(INDArray value) {
    double[] factors = new double[Math.toIntExact(value.length())];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = noise.at(i) < layer.probability() ? 0 : 1 / (1 - layer.probability());
    }
    return Nd4j.createFromArray(factors).castTo(value.dataType()).reshape('c', value.shape());
  }
}
