package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.KernelClock;
import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.update.MaskedUpdate;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A plan of oneDNN primitives. */
final class OneDnnPlan implements Plan {
  private final Device device;
  private final CompiledNetwork network;
  private final int batch;
  private final int threads;
  private final Crew crew;
  private final FloatBuffer images;
  private final FloatBuffer logits;
  private final FloatBuffer features;
  private final OutputLoss loss;
  private final RunningStatistics statistics;
  private final MaskedUpdate optimizer;

  OneDnnPlan(
      Device device,
      CompiledNetwork network,
      Architecture architecture,
      Parameters parameters,
      Form form) {
    this.device = device;
    this.network = network;
    this.batch = form.batch();
    this.threads = form.threads();
    this.images = network.images().floats();
    this.logits = network.logits().floats();
    this.features = network.features().floats();
    this.loss = new OutputLoss(batch, logits, network.lossGradient().floats());
    this.statistics =
        new RunningStatistics(
            parameters, network.batchStatistics().segment(), valuesAChannel(architecture));
    this.crew = form.crew();
    this.optimizer = new MaskedUpdate(parameters, crew);
  }

  private List<Long> valuesAChannel(Architecture architecture) {
    List<Long> values = new ArrayList<>();
    for (Layer layer : architecture.layers()) {
      if (layer instanceof Layer.BatchNorm norm) {
        int size = architecture.volumes().get(norm.input()).size();
        values.add((long) batch * size * size);
      }
    }
    return values;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public FloatBuffer images() {
    return images.duplicate();
  }

  @Override
  public void labels(int[] labels, double smoothing) {
    loss.labels(labels, smoothing);
  }

  @Override
  public void loss(Loss other) {
    loss.become(other);
  }

  @Override
  public void noise(long seed) {
    network.noises().forEach(noise -> noise.seed(seed));
  }

  @Override
  public double gradients() {
    run(network.training());
    double mean = loss.run();
    run(network.backward());
    return mean;
  }

  @Override
  public double pass() {
    double mean = gradients();
    return loss(mean, statistics.run());
  }

  @Override
  public void update(Update update) {
    optimizer.apply(update);
  }

  // oneDNN's max(0, x) makes 0 of NaN, so the loss alone does not show that training diverged.
  private static double loss(double mean, boolean finite) {
    return finite ? mean : Double.NaN;
  }

  @Override
  public double step(Update update, KernelClock clock) {
    run(network.training(), clock);
    double[] mean = new double[1];
    boolean[] finite = new boolean[1];
    run(new Kernel("loss", () -> mean[0] = loss.run()), clock);
    run(network.backward(), clock);
    run(new Kernel("running statistics", () -> finite[0] = statistics.run()), clock);
    run(new Kernel("update", () -> optimizer.apply(update)), clock);
    return loss(mean[0], finite[0]);
  }

  private void run(List<Kernel> kernels, KernelClock clock) {
    OpenMp.useThreads(threads);
    kernels.forEach(kernel -> run(kernel, clock));
  }

  private void run(Kernel kernel, KernelClock clock) {
    long begin = System.nanoTime();
    kernel.run();
    device.await();
    clock.ran(kernel.name(), System.nanoTime() - begin);
  }

  @Override
  public void evaluate() {
    run(network.evaluation());
  }

  private void run(List<Kernel> kernels) {
    OpenMp.useThreads(threads);
    for (Kernel kernel : kernels) {
      kernel.run();
    }
    device.await();
  }

  @Override
  public FloatBuffer logits() {
    return logits.duplicate();
  }

  @Override
  public FloatBuffer features() {
    return features.duplicate();
  }

  @Override
  public void close() {
    crew.close();
    device.close();
  }
}
