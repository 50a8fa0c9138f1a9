package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Precision;
import java.util.Optional;

/**
 * Computes on x86-64 processors through oneDNN, in float32, or in bfloat16 where the processor has
 * instructions for it.
 */
public final class OneDnnProvider implements Provider {
  /** Its name. */
  public static final String NAME = "onednn";

  private final int threads;
  private final Choices choices;

  /**
   * A provider whose plans use {@code threads} threads each, at least 1. The number decides how
   * sums are split, and so the last bits of every result.
   *
   * @throws IllegalArgumentException when {@code ESPALIER_CHOICES} names no readable table
   */
  public OneDnnProvider(int threads) {
    this(threads, Tables.here());
  }

  /** As above, with a table of one's own. */
  public OneDnnProvider(int threads, Choices choices) {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, got " + threads);
    }
    this.threads = threads;
    this.choices = choices;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Digest> primitives() {
    return choices.isEmpty() ? Optional.empty() : Optional.of(choices.digest());
  }

  @Override
  public Plan compile(
      Architecture architecture, Parameters parameters, int batch, Precision precision) {
    parameters.checkFit(architecture, batch);
    if (parameters.isFloat64()) {
      throw new IllegalArgumentException("expected float32 parameters for onednn, got float64");
    }
    Processor.here().require(precision);
    OpenMp.useThreads(threads);
    Crew crew = Crew.of(threads);
    Device device = new Device(precision);
    Form form = new Form(batch, precision, crew, choices);
    try {
      CompiledNetwork network = new PlanCompiler(device, architecture, parameters, form).compile();
      return new OneDnnPlan(device, network, architecture, parameters, form);
    } catch (RuntimeException | Error e) {
      crew.close();
      device.close(); // memory may have run out, and what was taken would not come back
      throw e;
    }
  }
}
