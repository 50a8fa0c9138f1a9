package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A shortcut of zeros around each stride-th row and column, place by place. */
record PadShortcutOps(Layer.PadShortcut layer, Volume input, Volume output) implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    INDArray planes = inputs.getFirst();
    double[] from = Flat.of(planes);
    double[] to = new double[images(planes) * output.length()];
    visit(images(planes), (inner, outer) -> to[outer] = from[inner]);
    return Flat.toPlanes(to, planes, output.size(), output.channels());
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray value, INDArray gradient) {
    double[] outer = Flat.of(gradient);
    double[] inner = new double[images(gradient) * input.length()];
    visit(images(gradient), (in, out) -> inner[in] = outer[out]);
    return List.of(Flat.toPlanes(inner, gradient, input.size(), input.channels()));
  }

  private static int images(INDArray planes) {
    return Math.toIntExact(planes.size(0));
  }

  private interface Visitor {
    void pair(int inner, int outer);
  }

  /** Names each place that is read, and the one that its value goes to. */
  private void visit(int images, Visitor visitor) {
    int before = (output.channels() - input.channels()) / 2;
    for (int i = 0; i < images * output.size() * output.size(); i++) {
      int image = i / (output.size() * output.size());
      int row = i / output.size() % output.size() * layer.stride();
      int column = i % output.size() * layer.stride();
      int from = ((image * input.size() + row) * input.size() + column) * input.channels();
      for (int channel = 0; channel < input.channels(); channel++) {
        visitor.pair(from + channel, i * output.channels() + before + channel);
      }
    }
  }
}
