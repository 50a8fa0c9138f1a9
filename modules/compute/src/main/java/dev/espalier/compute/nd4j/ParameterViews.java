package dev.espalier.compute.nd4j;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The tensors of a network by name, as views of its flat buffers. */
record ParameterViews(Parameters parameters) {
  INDArray weights(String name) {
    return parameters.array(Buffer.WEIGHTS).view(slot(parameters.slots(), name));
  }

  INDArray gradient(String name) {
    return parameters.array(Buffer.GRADIENTS).view(slot(parameters.slots(), name));
  }

  INDArray statistics(String name) {
    return parameters.array(Buffer.STATISTICS).view(slot(parameters.statistics(), name));
  }

  private static Slot slot(List<Slot> slots, String name) {
    return slots.stream().filter(slot -> slot.name().equals(name)).findFirst().orElseThrow();
  }
}
