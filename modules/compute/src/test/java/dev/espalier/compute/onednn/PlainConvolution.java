package dev.espalier.compute.onednn;

/**
 * A 3 x 3 convolution with stride 1 and padding 1 in float64, by its definition. Tensors lie with
 * channels last, weights as (out, in, 3, 3).
 */
record PlainConvolution(int batch, int size, int in, int out) {
  /** What is done for every product x · w that goes into y. */
  private interface Term {
    void at(int x, int w, int y);
  }

  double[] forward(float[] input, float[] weights) {
    double[] output = new double[batch * size * size * out];
    forEach((x, w, y) -> output[y] += (double) input[x] * weights[w]);
    return output;
  }

  double[] backwardData(float[] outer, float[] weights) {
    double[] inner = new double[batch * size * size * in];
    forEach((x, w, y) -> inner[x] += (double) outer[y] * weights[w]);
    return inner;
  }

  double[] backwardWeights(float[] input, float[] outer) {
    double[] gradient = new double[out * in * 9];
    forEach((x, w, y) -> gradient[w] += (double) input[x] * outer[y]);
    return gradient;
  }

  private void forEach(Term term) {
    for (int pixel = 0; pixel < batch * size * size; pixel++) {
      for (int tap = 0; tap < 9; tap++) {
        int row = pixel / size % size + tap / 3 - 1;
        int column = pixel % size + tap % 3 - 1;
        if (row < 0 || row >= size || column < 0 || column >= size) {
          continue;
        }
        int read = pixel + (tap / 3 - 1) * size + tap % 3 - 1;
        for (int to = 0; to < out; to++) {
          for (int from = 0; from < in; from++) {
            term.at(read * in + from, (to * in + from) * 9 + tap, pixel * out + to);
          }
        }
      }
    }
  }
}
