package dev.espalier.compute.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Mean softmax cross-entropy of logits (batch, classes) with smoothed labels, and its gradient. */
final class SoftmaxLoss {
  private final INDArray targets; // (batch, classes), what each class should get

  SoftmaxLoss(int batch, int classes) {
    this.targets = Nd4j.zeros(DataType.DOUBLE, batch, classes);
    labels(new int[batch], 0);
  }

  void labels(int[] labels, double smoothing) {
    if (labels.length != targets.rows()) {
      throw new IllegalArgumentException(
          "expected " + targets.rows() + " labels, one an image, got " + labels.length);
    }
    if (Arrays.stream(labels).anyMatch(label -> label < 0 || label >= targets.columns())) {
      throw new IllegalArgumentException(
          "expected labels from 0 to "
              + (targets.columns() - 1)
              + ", got "
              + Arrays.toString(labels));
    }
    double everyClass = smoothing / targets.columns();
    targets.assign(everyClass);
    for (int i = 0; i < labels.length; i++) {
      targets.putScalar(i, labels[i], 1 - smoothing + everyClass);
    }
  }

  double of(INDArray logits) {
    INDArray shifted = shifted(logits);
    INDArray sums = Transforms.exp(shifted, true).sum(1);
    INDArray expected = shifted.mul(targets).sum(1);
    return Transforms.log(sums, true).sub(expected).meanNumber().doubleValue();
  }

  INDArray gradient(INDArray logits) {
    INDArray exponentials = Transforms.exp(shifted(logits), true);
    INDArray shares = exponentials.divColumnVector(exponentials.sum(1));
    return shares.sub(targets).div(logits.size(0)).castTo(logits.dataType());
  }

  private static INDArray shifted(INDArray logits) {
    INDArray exact = logits.castTo(DataType.DOUBLE);
    return exact.subColumnVector(exact.max(1));
  }
}
