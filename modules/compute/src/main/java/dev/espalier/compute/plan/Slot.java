package dev.espalier.compute.plan;

import java.util.List;

/**
 * Where one tensor lies in a flat buffer, in C order.
 *
 * @param name its name as PyTorch has it, such as {@code layer1.0.conv1.weight}
 * @param shape its sizes: (out, in ÷ groups, kh, kw) of a convolution, (out, in) of a dense layer
 * @param offset the index of its first value
 * @param length its number of values
 * @param kind what it is
 * @param prunable whether weights may be removed from it: convolution weights, the first layer's
 *     and depthwise ones too, and dense weights except the head's; never a bias or batch norm
 */
public record Slot(
    String name, List<Integer> shape, int offset, int length, Kind kind, boolean prunable) {

  /** What a tensor is to its layer. */
  public enum Kind {
    /** The weights of a convolution. */
    CONVOLUTION,
    /** The weights of a dense layer. */
    DENSE,
    /** The bias of a convolution or a dense layer. */
    BIAS,
    /** γ of a batch norm. */
    SCALE,
    /** β of a batch norm. */
    SHIFT,
    /** A batch norm's running mean. */
    RUNNING_MEAN,
    /** A batch norm's running variance. */
    RUNNING_VARIANCE
  }

  /** Copies the shape. */
  public Slot {
    shape = List.copyOf(shape);
  }

  /** The index after its last value. */
  public int end() {
    return offset + length;
  }
}
