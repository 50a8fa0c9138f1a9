package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.network.Window;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The largest value under a window, place by place; of equal ones, the first. */
record MaxPoolOps(Layer.MaxPool layer, Volume input, Volume output) implements LayerOps {
  @Override
  public INDArray forward(List<INDArray> inputs, boolean training) {
    double[] from = Flat.of(inputs.getFirst());
    double[] to = new double[batch(inputs) * output.length()];
    visit(from, to.length, (place, largest) -> to[place] = from[largest]);
    return Flat.toPlanes(to, inputs.getFirst(), output.size(), output.channels());
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray value, INDArray gradient) {
    double[] from = Flat.of(inputs.getFirst());
    double[] outer = Flat.of(gradient);
    double[] inner = new double[from.length];
    visit(from, outer.length, (place, largest) -> inner[largest] += outer[place]);
    return List.of(Flat.toPlanes(inner, gradient, input.size(), input.channels()));
  }

  private static int batch(List<INDArray> inputs) {
    return Math.toIntExact(inputs.getFirst().size(0));
  }

  private interface Visitor {
    void place(int place, int largest);
  }

  /** Says for each place of what is given, (batch, row, column, channel), where its value is. */
  private void visit(double[] from, int places, Visitor visitor) {
    int channels = output.channels();
    int size = output.size();
    for (int place = 0; place < places; place++) {
      int image = place / output.length();
      int row = place / (channels * size) % size;
      int column = place / channels % size;
      int first = image * input.length() + place % channels;
      visitor.place(place, largest(from, first, row, column));
    }
  }

  private int largest(double[] from, int first, int row, int column) {
    Window window = layer.window();
    int top = row * window.stride() - window.padding();
    int left = column * window.stride() - window.padding();
    int largest = -1;
    for (int r = Math.max(top, 0); r < Math.min(top + window.size(), input.size()); r++) {
      for (int c = Math.max(left, 0); c < Math.min(left + window.size(), input.size()); c++) {
        int at = first + (r * input.size() + c) * input.channels();
        largest = largest < 0 || from[at] > from[largest] ? at : largest;
      }
    }
    return largest;
  }
}
