package dev.espalier.compute.onednn;

import java.util.List;

/** One layer, compiled. */
interface LayerKernels {
  /** Forward, in a training step. Asked for once. */
  List<Kernel> training();

  /** Forward, in an evaluation: as in training, unless the layer differs there. */
  default List<Kernel> evaluation(List<Kernel> training) {
    return training;
  }

  /**
   * From the gradient of what the layer gives to those of what it reads and of its parameters.
   * Asked for once, after every later layer.
   *
   * @param value the number of what the layer gives
   */
  List<Kernel> backward(Gradients gradients, int value);
}
