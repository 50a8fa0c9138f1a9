package dev.espalier.compute.nd4j;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link Update} written as its formulas are. */
final class MaskedUpdate {
  private final Parameters parameters;

  MaskedUpdate(Parameters parameters) {
    this.parameters = parameters;
  }

  void apply(Update update) {
    INDArray left = array(Buffer.GRADIENTS).mul(array(Buffer.MASK));
    INDArray gradients = update.clipNorm().isEmpty() ? left : left.mul(update.clip(norm(left)));
    switch (update.optimizer()) {
      case Optimizer.Sgd sgd -> apply(sgd, update, gradients);
      case Optimizer.Adam(double beta1, double beta2, double epsilon) -> {
        gradients.addi(weights().mul(update.weightDecay()));
        adapt(beta1, beta2, epsilon, update, gradients);
      }
      case Optimizer.AdamW(double beta1, double beta2, double epsilon) -> {
        weights().muli(1 - update.learningRate() * update.weightDecay());
        adapt(beta1, beta2, epsilon, update, gradients);
      }
      case Optimizer.Lars lars -> apply(lars, update, gradients);
    }
    for (Buffer buffer : parameters.buffers()) {
      if (buffer == Buffer.WEIGHTS || buffer == Buffer.MOMENTS || buffer == Buffer.SECOND_MOMENTS) {
        array(buffer).muli(array(Buffer.MASK));
      }
    }
  }

  private void apply(Optimizer.Sgd sgd, Update update, INDArray gradients) {
    INDArray g = gradients.add(weights().mul(update.weightDecay()));
    INDArray v = array(Buffer.MOMENTS);
    v.muli(sgd.momentum()).addi(g);
    INDArray direction = sgd.nesterov() ? g.add(v.mul(sgd.momentum())) : v;
    weights().subi(direction.mul(update.learningRate()));
  }

  private void adapt(
      double beta1, double beta2, double epsilon, Update update, INDArray gradients) {
    INDArray m = array(Buffer.MOMENTS);
    INDArray v = array(Buffer.SECOND_MOMENTS);
    m.muli(beta1).addi(gradients.mul(1 - beta1));
    v.muli(beta2).addi(gradients.mul(gradients).mul(1 - beta2));
    INDArray mean = m.div(1 - Math.pow(beta1, (double) update.count()));
    INDArray square = v.div(1 - Math.pow(beta2, (double) update.count()));
    weights().subi(mean.mul(update.learningRate()).div(Transforms.sqrt(square, true).add(epsilon)));
  }

  private void apply(Optimizer.Lars lars, Update update, INDArray gradients) {
    for (Slot slot : parameters.slots()) {
      INDArray w = part(weights(), slot);
      INDArray g = part(gradients, slot);
      INDArray v = part(array(Buffer.MOMENTS), slot);
      boolean stretched = Update.stretches(slot);
      double trust = stretched ? update.trust(lars, norm(w), norm(g)) : 1;
      INDArray decayed = stretched ? g.add(w.mul(update.weightDecay())) : g;
      v.muli(lars.momentum()).addi(decayed.mul(update.learningRate() * trust));
      w.subi(v);
    }
  }

  private static INDArray part(INDArray flat, Slot slot) {
    return flat.get(NDArrayIndex.interval(slot.offset(), slot.end()));
  }

  private static double norm(INDArray values) {
    return values.castTo(DataType.DOUBLE).norm2Number().doubleValue();
  }

  private INDArray weights() {
    return array(Buffer.WEIGHTS);
  }

  private INDArray array(Buffer buffer) {
    return parameters.array(buffer).values();
  }
}
