package dev.espalier.compute.probe;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Modules;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.TaskException;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.task.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A copy of a trained network that ends at one of its modules: what that gives, averaged over its
 * places, are the plan's features. What comes after the module is not computed.
 */
public final class FrozenTrunk implements AutoCloseable {
  private final Parameters parameters;
  private final Plan plan;

  private FrozenTrunk(Parameters parameters, Plan plan) {
    this.parameters = parameters;
    this.plan = plan;
  }

  /**
   * The network of {@code frozen}, as it is now, up to a module.
   *
   * @param module its name, as {@link Modules} has it: {@code layer2.0}
   * @throws TaskException when the network has no such module
   */
  public static FrozenTrunk upTo(
      String module, Apparatus frozen, Provider provider, Precision precision) {
    Architecture architecture = architecture(module, frozen);
    Parameters parameters = Parameters.float32(architecture);
    try {
      copy(frozen.parameters(), parameters);
      int batch = frozen.plan().batch();
      Plan plan = provider.compile(architecture, parameters, batch, precision);
      return new FrozenTrunk(parameters, plan);
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  private static Architecture architecture(String module, Apparatus frozen) {
    try {
      return new Modules(frozen.parameters().architecture()).upTo(module);
    } catch (IllegalArgumentException e) {
      throw new TaskException(new Failure.BadInput(String.valueOf(e.getMessage())));
    }
  }

  private static void copy(Parameters from, Parameters to) {
    Map<String, float[]> weights = tensors(from.slots(), from.floats(Buffer.WEIGHTS));
    to.set(Buffer.WEIGHTS, flat(to.slots(), weights));
    Map<String, float[]> statistics = tensors(from.statistics(), from.floats(Buffer.STATISTICS));
    to.set(Buffer.STATISTICS, flat(to.statistics(), statistics));
  }

  private static Map<String, float[]> tensors(List<Slot> slots, float[] flat) {
    return slots.stream()
        .collect(
            Collectors.toMap(
                Slot::name, slot -> Arrays.copyOfRange(flat, slot.offset(), slot.end())));
  }

  /** The tensors one after the other; zeros where there is none, in the layer that only reads. */
  private static float[] flat(List<Slot> slots, Map<String, float[]> tensors) {
    float[] flat = new float[slots.isEmpty() ? 0 : slots.getLast().end()];
    for (Slot slot : slots) {
      float[] tensor = tensors.getOrDefault(slot.name(), new float[slot.length()]);
      System.arraycopy(tensor, 0, flat, slot.offset(), slot.length());
    }
    return flat;
  }

  /** What computes it. */
  public Plan plan() {
    return plan;
  }

  @Override
  public void close() {
    plan.close();
    parameters.close();
  }
}
