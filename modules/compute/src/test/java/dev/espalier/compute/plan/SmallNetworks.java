package dev.espalier.compute.plan;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.network.Window;
import java.util.List;
import java.util.stream.Stream;

/** Networks of each kind of layer, small enough to be checked closely. */
final class SmallNetworks {
  /** The classes of each. */
  static final int CLASSES = 3;

  private static final Volume IMAGES = new Volume(2, 6);

  private SmallNetworks() {}

  static Stream<Architecture> all() {
    return Stream.concat(
        Stream.of(
            residual(4, 6), residual(16, 32), residual(4, 6).withProjection(5), plain(), sums()),
        ofOneLayer());
  }

  /** Activations that alone read a convolution and a dense layer, and dropout in their place. */
  private static Architecture plain() {
    return new Architecture(
        "plain",
        IMAGES,
        List.of(
            new Layer.Convolution("conv1", 0, 8, 3, 1).biased(),
            new Layer.Rectifier("relu1", 1, Activation.RELU),
            new Layer.MaxPool("pool", 2, Window.tiling(2)),
            new Layer.Convolution("conv2", 3, 6, 3, 1).biased(),
            new Layer.Rectifier("relu2", 4, Activation.RELU6),
            new Layer.Dense("rows", 5, 8),
            new Layer.Dropout("dropout", 6, 0.3),
            new Layer.Rectifier("relu3", 7, Activation.RELU),
            new Layer.Dense("more", 8, 5),
            new Layer.Rectifier("relu4", 9, Activation.RELU),
            dense(10)));
  }

  /** Sums of sums, whose gradients are one and the same for a while. */
  private static Architecture sums() {
    return new Architecture(
        "sums",
        IMAGES,
        List.of(
            new Layer.Convolution("first", 0, 4, 3, 1),
            new Layer.Sum("relu", 1, 1, Activation.RELU),
            new Layer.Sum("linear", 1, 2, Activation.NONE),
            new Layer.Sum("thrice", 3, 1, Activation.NONE),
            new Layer.BatchNorm("norm", 4, Activation.RELU6),
            new Layer.Sum("on", 5, 4, Activation.NONE),
            new Layer.Sum("last", 4, 6, Activation.RELU),
            dense(7)));
  }

  /** For each kind and form of layer a network of it between others. */
  private static Stream<Architecture> ofOneLayer() {
    return Stream.of(
            new Layer.Convolution("plain", 1, 3, 3, 1),
            new Layer.Convolution("strided", 1, 3, 3, 2),
            new Layer.Convolution("pointwise", 1, 5, 1, 2).biased(),
            new Layer.Convolution("even", 1, 3, new Window(2, 2, 0), 1, true),
            new Layer.Convolution("wide", 1, 5, new Window(5, 3, 2), 1, true),
            new Layer.Convolution("grouped", 1, 6, Window.centred(3, 1), 2, true),
            Layer.Convolution.depthwise("depthwise", 1, 4, 3, 1),
            Layer.Convolution.depthwise("strided depthwise", 1, 4, 3, 2).biased(),
            new Layer.BatchNorm("normalised", 1, Activation.NONE),
            new Layer.BatchNorm("normalised with relu", 1, Activation.RELU),
            new Layer.BatchNorm("normalised with relu6", 1, Activation.RELU6),
            new Layer.Rectifier("relu", 1, Activation.RELU),
            new Layer.Rectifier("relu6", 1, Activation.RELU6),
            new Layer.Sum("sum", 1, 2, Activation.NONE),
            new Layer.Sum("sum with relu", 1, 2, Activation.RELU),
            new Layer.Sum("sum with relu6", 2, 1, Activation.RELU6),
            new Layer.Sum("twice", 2, 2, Activation.NONE),
            new Layer.Concat("concat", List.of(1, 2, 1)),
            new Layer.PadShortcut("pad", 1, 8, 2),
            new Layer.MaxPool("largest", 1, Window.tiling(2)),
            new Layer.MaxPool("largest of overlapping", 1, new Window(3, 2, 1)),
            new Layer.MaxPool("largest of some", 1, new Window(3, 2, 0)),
            new Layer.AveragePool("mean", 1),
            new Layer.AveragePool("means", 1, 3),
            new Layer.Dropout("dropout", 1, 0.4),
            new Layer.Dense("dense", 1, 7))
        .map(SmallNetworks::around);
  }

  /** A network where {@code layer} reads a convolution's values, 1, or their batch norm's, 2. */
  private static Architecture around(Layer layer) {
    return new Architecture(
        layer.name(),
        IMAGES,
        List.of(
            new Layer.Convolution("first", 0, 4, 3, 1),
            new Layer.BatchNorm("second", 1, Activation.RELU),
            layer,
            new Layer.Dense("rows", 3, 4),
            new Layer.Dense("others", 2, 4),
            new Layer.Sum("both", 4, 5, Activation.RELU),
            dense(6)));
  }

  private static Architecture residual(int narrow, int wide) {
    return new Architecture(
        "residual " + narrow + "/" + wide,
        IMAGES,
        List.of(
            new Layer.Convolution("conv1", 0, narrow, 3, 1),
            new Layer.BatchNorm("bn1", 1, Activation.RELU),
            new Layer.Convolution("block1.conv1", 2, narrow, 3, 1),
            new Layer.BatchNorm("block1.bn1", 3, Activation.NONE),
            new Layer.Sum("block1", 4, 2, Activation.RELU),
            new Layer.Convolution("block2.conv1", 5, wide, 3, 2),
            new Layer.BatchNorm("block2.bn1", 6, Activation.NONE),
            new Layer.Convolution("block2.downsample.0", 5, wide, 1, 2),
            new Layer.BatchNorm("block2.downsample.1", 8, Activation.NONE),
            new Layer.Sum("block2", 7, 9, Activation.RELU),
            new Layer.AveragePool("pool", 10),
            dense(11)));
  }

  private static Layer dense(int input) {
    return new Layer.Dense("fc", input, CLASSES);
  }
}
