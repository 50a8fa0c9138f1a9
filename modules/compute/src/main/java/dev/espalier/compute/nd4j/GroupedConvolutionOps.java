package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A convolution of any number of groups, tap by tap: ND4J has none. */
final class GroupedConvolutionOps implements LayerOps {
  private final Layer.Convolution layer;
  private final Volume input;
  private final Volume output;
  private final INDArray weights; // (out, in ÷ groups, kh, kw)
  private final INDArray weightsGradient;
  private final Optional<INDArray> bias; // (out)
  private final Optional<INDArray> biasGradient;

  GroupedConvolutionOps(
      ParameterViews views, Layer.Convolution layer, Volume input, Volume output) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.weights = views.weights(layer.name() + ".weight");
    this.weightsGradient = views.gradient(layer.name() + ".weight");
    Optional<String> name = Optional.of(layer.name() + ".bias").filter(n -> layer.bias());
    this.bias = name.map(views::weights);
    this.biasGradient = name.map(views::gradient);
  }

  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    INDArray planes = inputs.getFirst();
    double[] from = Flat.of(planes);
    double[] by = Flat.of(weights);
    double[] to = new double[Math.toIntExact(planes.size(0)) * output.length()];
    visit(to.length, (in, weight, out) -> to[out] += from[in] * by[weight]);
    bias.map(Flat::of).ifPresent(b -> add(b, to));
    return Flat.toPlanes(to, planes, output.size(), output.channels());
  }

  private static void add(double[] bias, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += bias[i % bias.length];
    }
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray value, INDArray gradient) {
    double[] from = Flat.of(inputs.getFirst());
    double[] by = Flat.of(weights);
    double[] outer = Flat.of(gradient);
    double[] inner = new double[from.length];
    double[] slopes = new double[by.length];
    visit(
        outer.length,
        (in, weight, out) -> {
          inner[in] += outer[out] * by[weight];
          slopes[weight] += outer[out] * from[in];
        });
    INDArray shaped = Nd4j.createFromArray(slopes).reshape('c', weights.shape());
    weightsGradient.assign(shaped.castTo(weights.dataType()));
    biasGradient.ifPresent(b -> b.assign(gradient.sum(0, 1, 2)));
    return List.of(Flat.toPlanes(inner, gradient, input.size(), input.channels()));
  }

  private interface Tap {
    void at(int input, int weight, int output);
  }

  /** Names each product that is part of a value: all of the first {@code places} values. */
  private void visit(int places, Tap tap) {
    for (int place = 0; place < places; place++) {
      int image = place / output.length();
      int row = place / (output.channels() * output.size()) % output.size();
      int column = place / output.channels() % output.size();
      for (int r = 0; r < layer.kernel(); r++) {
        for (int c = 0; c < layer.kernel(); c++) {
          int y = row * layer.stride() - layer.padding() + r;
          int x = column * layer.stride() - layer.padding() + c;
          if (y >= 0 && y < input.size() && x >= 0 && x < input.size()) {
            visit(
                place,
                ((image * input.size() + y) * input.size() + x) * input.channels(),
                r,
                c,
                tap);
          }
        }
      }
    }
  }

  private void visit(int place, int from, int row, int column, Tap tap) {
    int each = input.channels() / layer.groups();
    int channel = place % output.channels();
    int first = from + channel / (output.channels() / layer.groups()) * each;
    for (int i = 0; i < each; i++) {
      int weight = ((channel * each + i) * layer.kernel() + row) * layer.kernel() + column;
      tap.at(first + i, weight, place);
    }
  }
}
