package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.domain.study.Precision;

/** Computes through ND4J's operations, in the number format of the parameters. */
public final class Nd4jProvider implements Provider {
  /** Its name. */
  public static final String NAME = "nd4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan compile(
      Architecture architecture, Parameters parameters, int batch, Precision precision) {
    parameters.checkFit(architecture, batch);
    if (precision != Precision.FLOAT32) {
      throw new UnsupportedOperationException(
          "expected precision float32 for provider nd4j, got " + precision);
    }
    return new Nd4jPlan(architecture, parameters, batch);
  }
}
