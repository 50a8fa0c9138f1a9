package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A convolution by ND4J's conv2d and conv2d_bp, group by group. */
final class ConvolutionOps implements LayerOps {
  private static final int PADDED_AS_TOLD = 0;
  private static final int CHANNELS_LAST = 1;
  private static final int WEIGHTS_OUT_IN_ROWS_COLUMNS = 1;

  private final Volume output;
  private final int groups;
  private final INDArray weights; // (out, in ÷ groups, kh, kw)
  private final INDArray weightsGradient;
  private final Optional<INDArray> bias; // (out)
  private final Optional<INDArray> biasGradient;
  private final int[] settings;

  ConvolutionOps(ParameterViews views, Layer.Convolution layer, Volume output) {
    this.output = output;
    this.groups = layer.groups();
    this.weights = views.weights(layer.name() + ".weight");
    this.weightsGradient = views.gradient(layer.name() + ".weight");
    Optional<String> bias = Optional.of(layer.name() + ".bias").filter(name -> layer.bias());
    this.bias = bias.map(views::weights);
    this.biasGradient = bias.map(views::gradient);
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
    List<INDArray> results = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      results.add(forward(channels(inputs.getFirst(), group), filters(group)));
    }
    INDArray result = joined(results);
    bias.ifPresent(
        b -> result.reshape('c', result.length() / b.length(), b.length()).addiRowVector(b));
    return result;
  }

  private INDArray channels(INDArray planes, int group) {
    int each = Channels.count(planes) / groups;
    return groups == 1 ? planes : Channels.copy(planes, group * each, (group + 1) * each);
  }

  // A copy: ND4J cannot be trusted with views of views.
  private INDArray filters(int group) {
    if (groups == 1) {
      return weights;
    }
    int each = Math.toIntExact(weights.length() / groups);
    double[] values = Arrays.copyOfRange(Flat.of(weights), group * each, (group + 1) * each);
    return Nd4j.createFromArray(values)
        .castTo(weights.dataType())
        .reshape('c', weights.size(0) / groups, weights.size(1), weights.size(2), weights.size(3));
  }

  private static INDArray joined(List<INDArray> groups) {
    return groups.size() == 1 ? groups.getFirst() : Channels.joined(groups);
  }

  private INDArray forward(INDArray input, INDArray filters) {
    INDArray result =
        Nd4j.create(input.dataType(), input.size(0), output.size(), output.size(), filters.size(0));
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(input, filters)
            .addOutputs(result)
            .addIntegerArguments(settings)
            .build());
    return result;
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray value, INDArray gradient) {
    List<INDArray> inner = new ArrayList<>();
    List<INDArray> filters = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      INDArray input = channels(inputs.getFirst(), group);
      inner.add(input.ulike());
      filters.add(filters(group).ulike());
      Nd4j.exec(
          DynamicCustomOp.builder("conv2d_bp")
              .addInputs(input, filters(group), channels(gradient, group))
              .addOutputs(inner.getLast(), filters.getLast())
              .addIntegerArguments(settings)
              .build());
    }
    weightsGradient.assign(together(filters));
    biasGradient.ifPresent(b -> b.assign(gradient.sum(0, 1, 2)));
    return List.of(joined(inner));
  }

  private INDArray together(List<INDArray> filters) {
    double[] all = filters.stream().map(Flat::of).flatMapToDouble(Arrays::stream).toArray();
    return Nd4j.createFromArray(all).castTo(weights.dataType()).reshape('c', weights.shape());
  }
}
