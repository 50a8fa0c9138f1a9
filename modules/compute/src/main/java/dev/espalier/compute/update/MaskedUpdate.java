package dev.espalier.compute.update;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import java.util.List;

/**
 * {@link Update} on float32 parameters: one pass over weights, gradients, moments and mask, after
 * one over what a norm is needed of. Where the mask is 0, weight and moments become exactly 0,
 * whatever the gradient. The number of threads changes no bit.
 */
public final class MaskedUpdate {
  private final Parameters parameters;
  private final Crew crew;
  private final List<Chunk> chunks;

  /** The update of {@code parameters}, shared among {@code crew}, which both stay the caller's. */
  public MaskedUpdate(Parameters parameters, Crew crew) {
    this.parameters = parameters;
    this.crew = crew;
    this.chunks = Chunk.of(parameters.slots());
  }

  /**
   * Moves the weights by the gradients of the last step.
   *
   * @throws IllegalArgumentException when the parameters have not the moments of the optimizer
   */
  public void apply(Update update) {
    switch (update.optimizer()) {
      case Optimizer.Sgd sgd -> run(passOf(sgd, update));
      case Optimizer.Adam(double beta1, double beta2, double epsilon) ->
          run(adam(update, beta1, beta2, epsilon, update.weightDecay(), 1));
      case Optimizer.AdamW(double beta1, double beta2, double epsilon) -> {
        double shrinkage = 1 - update.learningRate() * update.weightDecay();
        run(adam(update, beta1, beta2, epsilon, 0, shrinkage));
      }
      case Optimizer.Lars lars -> run(passOf(lars, update));
    }
  }

  private Pass passOf(Optimizer.Sgd sgd, Update update) {
    float decay = (float) update.weightDecay();
    return new MomentumPass(
        parameters,
        new MomentumPass.Rates(
            (float) update.learningRate(),
            (float) sgd.momentum(),
            sgd.nesterov(),
            (float) clip(update),
            slot -> decay,
            slot -> 1));
  }

  private Pass passOf(Optimizer.Lars lars, Update update) {
    int slots = parameters.slots().size();
    Norms gradients = norms(Buffer.GRADIENTS);
    double clip = update.clip(gradients.whole());
    double[] weightNorms = norms(Buffer.WEIGHTS).bySlot(slots);
    double[] gradientNorms = gradients.bySlot(slots);
    float[] decays = new float[slots];
    float[] gains = new float[slots];
    for (int slot = 0; slot < slots; slot++) {
      boolean scaled = Update.stretches(parameters.slots().get(slot));
      double trust = scaled ? update.trust(lars, weightNorms[slot], clip * gradientNorms[slot]) : 1;
      decays[slot] = scaled ? (float) update.weightDecay() : 0;
      gains[slot] = (float) (update.learningRate() * trust);
    }
    return new MomentumPass(
        parameters,
        new MomentumPass.Rates(
            1,
            (float) lars.momentum(),
            false,
            (float) clip,
            slot -> decays[slot],
            slot -> gains[slot]));
  }

  private Pass adam(
      Update update, double beta1, double beta2, double epsilon, double decay, double shrinkage) {
    double first = 1 - StrictMath.pow(beta1, (double) update.count());
    double second = 1 - StrictMath.pow(beta2, (double) update.count());
    return new AdamPass(
        parameters,
        new AdamPass.Rates(
            beta1,
            beta2,
            (float) epsilon,
            (float) (update.learningRate() / first),
            (float) (1 / Math.sqrt(second)),
            (float) decay,
            (float) shrinkage,
            (float) clip(update)));
  }

  private double clip(Update update) {
    return update.clipNorm().isEmpty() ? 1 : update.clip(norms(Buffer.GRADIENTS).whole());
  }

  private Norms norms(Buffer buffer) {
    Norms norms = new Norms(parameters, buffer, chunks);
    run(norms);
    return norms;
  }

  private void run(Pass pass) {
    crew.run(part -> runPart(pass, part));
  }

  private void runPart(Pass pass, int part) {
    int from = (int) ((long) chunks.size() * part / crew.size());
    int to = (int) ((long) chunks.size() * (part + 1) / crew.size());
    for (int i = from; i < to; i++) {
      pass.run(chunks.get(i));
    }
  }
}
