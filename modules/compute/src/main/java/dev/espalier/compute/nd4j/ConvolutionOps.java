package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A convolution by ND4J's conv2d and conv2d_bp. */
final class ConvolutionOps implements LayerOps {
  private static final int PADDED_AS_TOLD = 0;
  private static final int CHANNELS_LAST = 1;
  private static final int WEIGHTS_OUT_IN_ROWS_COLUMNS = 1;

  private final Volume output;
  private final INDArray weights; // (out, in, kh, kw)
  private final INDArray weightsGradient;
  private final int[] settings;

  ConvolutionOps(ParameterViews views, Layer.Convolution layer, Volume output) {
    this.output = output;
    this.weights = views.weights(layer.name() + ".weight");
    this.weightsGradient = views.gradient(layer.name() + ".weight");
    int kernel = layer.kernel();
    int stride = layer.stride();
    int padding = kernel / 2;
    this.settings =
        new int[] {
          kernel,
          kernel,
          stride,
          stride,
          padding,
          padding,
          1,
          1,
          PADDED_AS_TOLD,
          CHANNELS_LAST,
          WEIGHTS_OUT_IN_ROWS_COLUMNS
        };
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray value, INDArray gradient) {
    INDArray input = inputs.getFirst();
    INDArray inputGradient = input.ulike();
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addInputs(input, weights, gradient)
            .addOutputs(inputGradient, weightsGradient)
            .addIntegerArguments(settings)
            .build());
    return List.of(inputGradient);
  }

  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    INDArray input = inputs.getFirst();
    INDArray result =
        Nd4j.create(
            input.dataType(), input.size(0), output.size(), output.size(), output.channels());
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(input, weights)
            .addOutputs(result)
            .addIntegerArguments(settings)
            .build());
    return result;
  }
}
