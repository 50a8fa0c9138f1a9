package dev.espalier.compute.plan;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import java.util.ArrayList;
import java.util.List;

/** Lays the tensors of a network out one after the other, in the order of its layers. */
record Layout(List<Slot> slots, List<Slot> statistics) {

  static Layout of(Architecture architecture) {
    List<Slot> slots = new ArrayList<>();
    List<Slot> statistics = new ArrayList<>();
    List<Volume> volumes = architecture.volumes();
    for (Layer layer : architecture.layers()) {
      String name = layer.name();
      switch (layer) {
        case Layer.Convolution c -> {
          int in = volumes.get(c.input()).channels() / c.groups();
          List<Integer> shape = List.of(c.channels(), in, c.kernel(), c.kernel());
          append(slots, name + ".weight", shape, Slot.Kind.CONVOLUTION, true);
          if (c.bias()) {
            append(slots, name + ".bias", List.of(c.channels()), Slot.Kind.BIAS, false);
          }
        }
        case Layer.BatchNorm b -> {
          List<Integer> shape = List.of(volumes.get(b.input()).channels());
          append(slots, name + ".weight", shape, Slot.Kind.SCALE, false);
          append(slots, name + ".bias", shape, Slot.Kind.SHIFT, false);
          append(statistics, name + ".running_mean", shape, Slot.Kind.RUNNING_MEAN, false);
          append(statistics, name + ".running_var", shape, Slot.Kind.RUNNING_VARIANCE, false);
        }
        case Layer.Dense d -> {
          List<Integer> shape = List.of(d.channels(), volumes.get(d.input()).length());
          boolean prunable = !architecture.head().contains(layer);
          append(slots, name + ".weight", shape, Slot.Kind.DENSE, prunable);
          append(slots, name + ".bias", List.of(d.channels()), Slot.Kind.BIAS, false);
        }
        case Layer.Rectifier r -> {}
        case Layer.Sum s -> {}
        case Layer.Concat c -> {}
        case Layer.PadShortcut p -> {}
        case Layer.MaxPool p -> {}
        case Layer.AveragePool p -> {}
        case Layer.Dropout d -> {}
      }
    }
    return new Layout(List.copyOf(slots), List.copyOf(statistics));
  }

  private static void append(
      List<Slot> slots, String name, List<Integer> shape, Slot.Kind kind, boolean prunable) {
    int offset = slots.isEmpty() ? 0 : slots.getLast().end();
    int length = shape.stream().reduce(1, Math::multiplyExact);
    slots.add(new Slot(name, shape, offset, length, kind, prunable));
  }
}
