package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;

/** Computes through ND4J's operations, in the number format of the parameters. */
public final class Nd4jProvider implements Provider {
  /** Its name. */
  public static final String NAME = "nd4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan compile(Architecture architecture, Parameters parameters, int batch) {
    parameters.checkFit(architecture, batch);
    return new Nd4jPlan(parameters, batch);
  }
}
