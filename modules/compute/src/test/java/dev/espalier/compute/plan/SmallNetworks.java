package dev.espalier.compute.plan;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.List;
import java.util.stream.Stream;

/** Networks of each kind of layer, small enough to be checked closely. */
final class SmallNetworks {
  /** The classes of each. */
  static final int CLASSES = 3;

  private static final Volume IMAGES = new Volume(2, 6);

  private SmallNetworks() {}

  static Stream<Architecture> all() {
    Layer pool = new Layer.AveragePool("pool", 1);
    return Stream.of(
        new Architecture("dense", IMAGES, List.of(new Layer.AveragePool("pool", 0), dense(1))),
        new Architecture(
            "convolution",
            IMAGES,
            List.of(new Layer.Convolution("conv", 0, 3, 3, 1), pool, dense(2))),
        new Architecture(
            "strided convolution",
            IMAGES,
            List.of(new Layer.Convolution("conv", 0, 3, 3, 2), pool, dense(2))),
        new Architecture(
            "normalised", IMAGES, List.of(new Layer.BatchNorm("bn", 0, false), pool, dense(2))),
        new Architecture(
            "normalised with relu",
            IMAGES,
            List.of(new Layer.BatchNorm("bn", 0, true), pool, dense(2))),
        residual(4, 6),
        residual(16, 32));
  }

  private static Architecture residual(int narrow, int wide) {
    return new Architecture(
        "residual " + narrow + "/" + wide,
        IMAGES,
        List.of(
            new Layer.Convolution("conv1", 0, narrow, 3, 1),
            new Layer.BatchNorm("bn1", 1, true),
            new Layer.Convolution("block1.conv1", 2, narrow, 3, 1),
            new Layer.BatchNorm("block1.bn1", 3, false),
            new Layer.AddRelu("block1", 4, 2),
            new Layer.Convolution("block2.conv1", 5, wide, 3, 2),
            new Layer.BatchNorm("block2.bn1", 6, false),
            new Layer.Convolution("block2.downsample.0", 5, wide, 1, 2),
            new Layer.BatchNorm("block2.downsample.1", 8, false),
            new Layer.AddRelu("block2", 7, 9),
            new Layer.AveragePool("pool", 10),
            dense(11)));
  }

  private static Layer dense(int input) {
    return new Layer.Dense("fc", input, CLASSES);
  }
}
