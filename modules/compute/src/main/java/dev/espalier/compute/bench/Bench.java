package dev.espalier.compute.bench;

import dev.espalier.compute.Machine;
import dev.espalier.compute.Providers;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.MultiplyAdds;
import dev.espalier.compute.onednn.MatrixProduct;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.train.Initialisation;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;

/**
 * Measures a load for some time: in rounds of training, evaluation and matrix products, so that
 * what else the machine does meanwhile meets all three alike.
 */
public final class Bench {
  private static final int ROUNDS = 5;
  private static final int TRAINING = 60; // per cent of a round
  private static final int EVALUATION = 20;
  private static final int PRODUCTS = 20;

  /** Small: over many steps on the same images the loss neither vanishes nor explodes. */
  private static final Update UPDATE = Update.sgd(1e-3, 0.9, false, 1e-4);

  private final Architecture architecture;
  private final Parameters parameters;
  private final Plan plan;
  private final Load load;
  private final Times trainings = new Times();
  private final Times evaluations = new Times();
  private final Times products = new Times();
  private final Times shares = new Times();

  private Bench(Load load, Architecture architecture, Parameters parameters, Plan plan) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.plan = plan;
    this.load = load;
  }

  /**
   * What this machine can do with {@code load}.
   *
   * @param time how long to measure, about; warming up comes before, and a round begun is finished
   * @throws UnsupportedOperationException when the machine cannot compute in the load's precision,
   *     or at all
   */
  public static Findings measure(Load load, Duration time) {
    return with(load, bench -> bench.measure(time));
  }

  /**
   * What the steps of {@code load} are spent on.
   *
   * @param time how long to train, about; as long again goes to warming up
   * @throws UnsupportedOperationException as above
   */
  public static StepProfile profile(Load load, Duration time) {
    return with(load, bench -> bench.profile(time));
  }

  private static <T> T with(Load load, Function<Bench, T> use) {
    Architecture architecture = load.architecture();
    try (Parameters parameters = Parameters.float32(architecture);
        Plan plan =
            Providers.named(Providers.DEFAULT, load.threads())
                .compile(architecture, parameters, load.batch(), load.precision())) {
      Bench bench = new Bench(load, architecture, parameters, plan);
      bench.fill();
      return use.apply(bench);
    }
  }

  private void fill() {
    Initialisation.draw(parameters, 1, Initialisation.Purpose.W0);
    Random random = new Random(1);
    FloatBuffer images = plan.images();
    while (images.hasRemaining()) {
      images.put((float) random.nextGaussian());
    }
    plan.labels(random.ints(plan.batch(), 0, architecture.classes()).toArray());
  }

  private Findings measure(Duration time) {
    Duration round = time.dividedBy(ROUNDS);
    Times.warmUp(() -> plan.step(UPDATE), time);
    Times.warmUp(plan::evaluate, round);
    double memory = Machine.peakMemory(); // before there are matrices
    try (MatrixProduct product = new MatrixProduct(load.precision(), load.threads())) {
      Times.warmUp(product::run, round);
      long begin = System.nanoTime();
      do {
        measureRound(product, round);
      } while (System.nanoTime() - begin < time.toNanos());
      return new Findings(
          trainings.speed().times(plan.batch()),
          evaluations.speed().times(plan.batch()),
          products.speed().times(product.operations()),
          1 / shares.median(),
          memory,
          Machine.processor());
    }
  }

  private StepProfile profile(Duration time) {
    Times.of(() -> plan.step(UPDATE), time);
    StepProfile.Sum sum = new StepProfile.Sum();
    Times steps = Times.of(() -> plan.step(UPDATE, sum), time);
    return sum.of(steps.count(), steps.sum());
  }

  private void measureRound(MatrixProduct product, Duration round) {
    Times training = Times.of(() -> plan.step(UPDATE), part(round, TRAINING));
    evaluations.addAll(Times.of(plan::evaluate, part(round, EVALUATION)));
    Times multiplying = Times.of(product::run, part(round, PRODUCTS));
    trainings.addAll(training);
    products.addAll(multiplying);
    double operations = 2.0 * MultiplyAdds.ofTraining(architecture) * plan.batch();
    shares.add(training.median() / operations * product.operations() / multiplying.median());
  }

  private static Duration part(Duration whole, int percent) {
    return whole.multipliedBy(percent).dividedBy(100);
  }
}
