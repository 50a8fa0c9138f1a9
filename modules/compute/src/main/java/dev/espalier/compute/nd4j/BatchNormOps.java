package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation, forward and backward as in Ioffe and Szegedy 2015, "Batch normalization",
 * §3, and the activation.
 */
final class BatchNormOps implements LayerOps {
  private static final double SHARE = Layer.BatchNorm.MOMENTUM;

  private final Layer.BatchNorm layer;
  private final INDArray scale; // (channels)
  private final INDArray shift;
  private final INDArray scaleGradient;
  private final INDArray shiftGradient;
  private final INDArray runningMean;
  private final INDArray runningVariance;
  private INDArray deviation; // (channels), of the last pass
  private INDArray normalised; // (batch · rows · columns, channels), of the last pass
  private boolean trained; // whether the last pass was one of training

  BatchNormOps(ParameterViews views, Layer.BatchNorm layer) {
    this.layer = layer;
    this.scale = views.weights(layer.name() + ".weight");
    this.shift = views.weights(layer.name() + ".bias");
    this.scaleGradient = views.gradient(layer.name() + ".weight");
    this.shiftGradient = views.gradient(layer.name() + ".bias");
    this.runningMean = views.statistics(layer.name() + ".running_mean");
    this.runningVariance = views.statistics(layer.name() + ".running_var");
    this.deviation = scale;
    this.normalised = scale;
  }

  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    trained = training;
    INDArray input = inputs.getFirst();
    INDArray rows = rows(input);
    INDArray mean = runningMean;
    INDArray variance = runningVariance;
    if (training) {
      mean = rows.mean(0);
      INDArray centred = rows.subRowVector(mean);
      variance = centred.mul(centred).mean(0);
      follow(mean, variance, rows.size(0));
    }
    deviation = Transforms.sqrt(variance.add(Layer.BatchNorm.EPSILON));
    normalised = rows.subRowVector(mean).diviRowVector(deviation);
    INDArray result = normalised.mulRowVector(scale).addiRowVector(shift);
    return Cutoff.of(result, layer.activation()).reshape(input.shape());
  }

  private static INDArray rows(INDArray planes) {
    return planes.reshape('c', planes.length() / planes.size(-1), planes.size(-1));
  }

  private void follow(INDArray mean, INDArray variance, long values) {
    double unbiased = (double) values / (values - 1);
    runningMean.muli(1 - SHARE).addi(mean.mul(SHARE));
    runningVariance.muli(1 - SHARE).addi(variance.mul(SHARE * unbiased));
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    INDArray outer = rows(Cutoff.gradient(output, gradient, layer.activation()));
    shiftGradient.assign(outer.sum(0));
    scaleGradient.assign(outer.mul(normalised).sum(0));
    INDArray moved = trained ? withoutStatistics(outer) : outer;
    INDArray inner = moved.mulRowVector(scale.div(deviation));
    return List.of(inner.reshape(inputs.getFirst().shape()));
  }

  /** What is left of the gradient when the batch's own mean and variance move with its values. */
  private INDArray withoutStatistics(INDArray outer) {
    long values = outer.size(0);
    return outer
        .subRowVector(shiftGradient.div(values))
        .subi(normalised.mulRowVector(scaleGradient.div(values)));
  }
}
