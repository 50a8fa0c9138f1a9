package dev.espalier.compute.train;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.task.Failure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** |γ| of the batch norms, which say what the filters before them are worth. */
final class Scales {
  private final Parameters parameters;
  private final MemorySegment weights;

  private Scales(Parameters parameters) {
    this.parameters = parameters;
    this.weights = parameters.segment(Buffer.WEIGHTS);
  }

  /**
   * Writes to each weight of a filter that {@code recipe} may prune the |γ| behind it.
   *
   * @param scales float64, flat
   * @throws TaskException when there is no batch norm behind a layer that it may prune
   */
  static void write(Recipe recipe, Apparatus apparatus, MemorySegment scales) {
    Scales behind = new Scales(apparatus.parameters());
    apparatus.mask().slots(recipe).forEach(slot -> behind.write(slot, scales));
  }

  private void write(Slot slot, MemorySegment scales) {
    Slot scale = behind(slot).orElseThrow(() -> missing(slot));
    int filter = slot.length() / slot.shape().getFirst();
    for (int i = 0; i < slot.length(); i++) {
      float value = weights.getAtIndex(ValueLayout.JAVA_FLOAT, scale.offset() + i / filter);
      scales.setAtIndex(ValueLayout.JAVA_DOUBLE, slot.offset() + i, Math.abs(value));
    }
  }

  private static TaskException missing(Slot slot) {
    return new TaskException(
        new Failure.BadInput(
            "expected a batch norm behind every layer that slimming may prune, got none behind "
                + slot.name()));
  }

  /** γ of the batch norm that reads what the layer of {@code slot} gives. */
  private Optional<Slot> behind(Slot slot) {
    Architecture architecture = parameters.architecture();
    List<Layer> layers = architecture.layers();
    for (int i = 0; i < layers.size(); i++) {
      if (slot.name().equals(layers.get(i).name() + ".weight")) {
        int value = i + 1;
        return layers.stream()
            .filter(layer -> layer instanceof Layer.BatchNorm norm && norm.input() == value)
            .findFirst()
            .flatMap(norm -> named(norm.name() + ".weight"));
      }
    }
    return Optional.empty();
  }

  private Optional<Slot> named(String name) {
    return parameters.slots().stream().filter(slot -> slot.name().equals(name)).findFirst();
  }
}
