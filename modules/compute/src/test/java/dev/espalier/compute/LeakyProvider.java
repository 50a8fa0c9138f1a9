package dev.espalier.compute;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Precision;
import java.nio.FloatBuffer;

/** A provider whose plans forget the mask: after each step every weight has grown a little. */
final class LeakyProvider implements Provider {
  private final Provider sound;

  LeakyProvider(Provider sound) {
    this.sound = sound;
  }

  @Override
  public String name() {
    return "leaky";
  }

  @Override
  public Plan compile(
      Architecture architecture, Parameters parameters, int batch, Precision precision) {
    Plan plan = sound.compile(architecture, parameters, batch, precision);
    return new Plan() {
      @Override
      public int batch() {
        return plan.batch();
      }

      @Override
      public FloatBuffer images() {
        return plan.images();
      }

      @Override
      public void labels(int[] labels, double smoothing) {
        plan.labels(labels, smoothing);
      }

      @Override
      public void loss(Loss loss) {
        plan.loss(loss);
      }

      @Override
      public void noise(long seed) {
        plan.noise(seed);
      }

      @Override
      public double pass() {
        return plan.pass();
      }

      @Override
      public void update(Update update) {
        plan.update(update);
        float[] weights = parameters.floats(Buffer.WEIGHTS);
        for (int i = 0; i < weights.length; i++) {
          weights[i] += 1e-6f;
        }
        parameters.set(Buffer.WEIGHTS, weights);
      }

      @Override
      public double gradients() {
        return plan.gradients();
      }

      @Override
      public void evaluate() {
        plan.evaluate();
      }

      @Override
      public FloatBuffer logits() {
        return plan.logits();
      }

      @Override
      public FloatBuffer features() {
        return plan.features();
      }

      @Override
      public void close() {
        plan.close();
      }
    };
  }
}
