package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;

/** Computes on x86-64 processors in float32 through oneDNN. */
public final class OneDnnProvider implements Provider {
  /** Its name. */
  public static final String NAME = "onednn";

  private final int threads;

  /**
   * A provider whose plans use {@code threads} threads each, at least 1. The number decides how
   * sums are split, and so the last bits of every result.
   */
  public OneDnnProvider(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, got " + threads);
    }
    this.threads = threads;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan compile(Architecture architecture, Parameters parameters, int batch) {
    parameters.checkFit(architecture, batch);
    if (parameters.isFloat64()) {
      throw new IllegalArgumentException("expected float32 parameters for onednn, got float64");
    }
    OpenMp.useThreads(threads);
    Device device = new Device();
    try {
      CompiledNetwork network = new PlanCompiler(device, architecture, parameters, batch).compile();
      return new OneDnnPlan(device, network, parameters, batch, threads);
    } catch (RuntimeException | Error e) {
      device.close(); // memory may have run out, and what was taken would not come back
      throw e;
    }
  }
}
