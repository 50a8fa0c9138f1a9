package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A convolution of one group by ND4J's conv2d and conv2d_bp. */
final class ConvolutionOps implements LayerOps {
  private static final int PADDED_AS_TOLD = 0;
  private static final int CHANNELS_LAST = 1;
  private static final int WEIGHTS_OUT_IN_ROWS_COLUMNS = 1;

  private final Volume output;
  private final INDArray weights; // (out, in, kh, kw)
  private final INDArray weightsGradient;
  private final Optional<INDArray> bias; // (out)
  private final Optional<INDArray> biasGradient;
  private final int[] settings;

  ConvolutionOps(ParameterViews views, Layer.Convolution layer, Volume output) {
    this.output = output;
    this.weights = views.weights(layer.name() + ".weight");
    this.weightsGradient = views.gradient(layer.name() + ".weight");
    Optional<String> name = Optional.of(layer.name() + ".bias").filter(n -> layer.bias());
    this.bias = name.map(views::weights);
    this.biasGradient = name.map(views::gradient);
    this.settings =
        new int[] {
          layer.kernel(),
          layer.kernel(),
          layer.stride(),
          layer.stride(),
          layer.padding(),
          layer.padding(),
          1,
          1,
          PADDED_AS_TOLD,
          CHANNELS_LAST,
          WEIGHTS_OUT_IN_ROWS_COLUMNS
        };
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
    INDArray places = result.reshape('c', result.length() / result.size(-1), result.size(-1));
    bias.ifPresent(places::addiRowVector);
    return result;
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
    biasGradient.ifPresent(b -> b.assign(gradient.sum(0, 1, 2)));
    return List.of(inputGradient);
  }
}
