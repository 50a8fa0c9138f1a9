package dev.espalier.compute.plan;

import dev.espalier.compute.plan.Parameters.Buffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Several plans of the same parameters as one, of other batches, image sizes and losses: their
 * losses and gradients add up, the running statistics follow each in turn, and one update answers
 * for all. So crops of several sizes train one network.
 *
 * <p>Its images are those of all plans, one plan's after the other's. In all else it is the first
 * plan with others beside it: labels, losses, evaluations and what they give are the first one's;
 * the others have been given their losses.
 */
public final class JointPlan implements Plan {
  private final Parameters parameters;
  private final List<Plan> plans;
  private final NativeArray images;
  private final NativeArray before; // the sum of the gradients so far

  /**
   * These plans as one, which they are closed with.
   *
   * @param parameters what they share, which stay the caller's
   * @param plans at least one
   */
  public JointPlan(Parameters parameters, List<Plan> plans) {
    this.parameters = parameters;
    this.plans = List.copyOf(plans);
    this.images = NativeArray.floats(plans.stream().mapToLong(plan -> plan.images().limit()).sum());
    int weights = parameters.length(Buffer.GRADIENTS);
    this.before =
        parameters.isFloat64() ? NativeArray.doubles(weights) : NativeArray.floats(weights);
  }

  @Override
  public int batch() {
    return first().batch();
  }

  private Plan first() {
    return plans.getFirst();
  }

  @Override
  public FloatBuffer images() {
    return images.floatView();
  }

  @Override
  public void labels(int[] labels, double smoothing) {
    first().labels(labels, smoothing);
  }

  @Override
  public void loss(Loss loss) {
    first().loss(loss);
  }

  @Override
  public void noise(long seed) {
    for (int i = 0; i < plans.size(); i++) {
      plans.get(i).noise(seed + i);
    }
  }

  @Override
  public double pass() {
    return sum(Plan::pass);
  }

  @Override
  public double gradients() {
    return sum(Plan::gradients);
  }

  private double sum(ToDoubleFunction<Plan> part) {
    show();
    INDArray gradients = parameters.array(Buffer.GRADIENTS).values();
    double loss = 0;
    before.values().assign(0);
    for (Plan plan : plans) {
      loss += part.applyAsDouble(plan);
      gradients.addi(before.values());
      before.values().assign(gradients);
    }
    return loss;
  }

  private void show() {
    int at = 0;
    for (Plan plan : plans) {
      FloatBuffer to = plan.images();
      to.put(0, images.floatView(), at, to.limit());
      at += to.limit();
    }
  }

  @Override
  public void update(Update update) {
    first().update(update);
  }

  @Override
  public void evaluate() {
    show();
    first().evaluate();
  }

  @Override
  public FloatBuffer logits() {
    return first().logits();
  }

  @Override
  public FloatBuffer features() {
    return first().features();
  }

  @Override
  public void close() {
    plans.forEach(Plan::close);
    images.close();
    before.close();
  }
}
