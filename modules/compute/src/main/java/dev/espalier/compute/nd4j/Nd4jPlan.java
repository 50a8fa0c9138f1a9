package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.CrossEntropy;
import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Noise;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Update;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a network layer by layer, forward and backward, keeping every value of the last pass. */
final class Nd4jPlan implements Plan {
  private final Architecture architecture;
  private final Parameters parameters;
  private final int batch;
  private final List<LayerOps> layers = new ArrayList<>();
  private final List<Noise> noises = new ArrayList<>();
  private final List<INDArray> values = new ArrayList<>();
  private final NativeArray images;
  private final NativeArray logits;
  private final NativeArray features;
  private final CrossEntropy ofLabels;
  private final MaskedUpdate optimizer;
  private Loss loss;

  Nd4jPlan(Architecture architecture, Parameters parameters, int batch) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.batch = batch;
    this.images = NativeArray.floats((long) batch * architecture.images().length());
    this.logits = NativeArray.floats((long) batch * architecture.classes());
    this.features = NativeArray.floats((long) batch * architecture.features());
    this.ofLabels = new CrossEntropy(batch, architecture.classes());
    this.loss = ofLabels;
    this.optimizer = new MaskedUpdate(parameters);
    ParameterViews views = new ParameterViews(parameters);
    for (Layer layer : architecture.layers()) {
      layers.add(ops(views, layer));
    }
  }

  private LayerOps ops(ParameterViews views, Layer layer) {
    Volume input = architecture.volumes().get(layer.inputs().getFirst());
    Volume output = architecture.volumes().get(layers.size() + 1);
    return switch (layer) {
      case Layer.Convolution c when c.groups() > 1 ->
          new GroupedConvolutionOps(views, c, input, output);
      case Layer.Convolution c -> new ConvolutionOps(views, c, output);
      case Layer.BatchNorm b -> new BatchNormOps(views, b);
      case Layer.Rectifier r -> new RectifierOps(r);
      case Layer.Sum s -> new SumOps(s);
      case Layer.Concat c -> new ConcatOps();
      case Layer.PadShortcut p -> new PadShortcutOps(p, input, output);
      case Layer.MaxPool p -> new MaxPoolOps(p, input, output);
      case Layer.AveragePool p -> new AveragePoolOps(p);
      case Layer.Dropout d -> new DropoutOps(d, noise(layers.size()));
      case Layer.Dense d -> new DenseOps(views, d);
    };
  }

  private Noise noise(int layer) {
    Noise drawn = new Noise(layer);
    noises.add(drawn);
    return drawn;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public FloatBuffer images() {
    return images.floatView();
  }

  @Override
  public void labels(int[] labels, double smoothing) {
    ofLabels.labels(labels, smoothing);
    loss = ofLabels;
  }

  @Override
  public void loss(Loss other) {
    loss = other;
  }

  @Override
  public void noise(long seed) {
    noises.forEach(noise -> noise.seed(seed));
  }

  @Override
  public double pass() {
    forward(true);
    INDArray scores = values.getLast();
    double[] gradient = new double[(int) scores.length()];
    double mean = loss.run(Flat.of(scores), gradient);
    backward(Nd4j.createFromArray(gradient).castTo(scores.dataType()).reshape('c', scores.shape()));
    return mean;
  }

  @Override
  public void update(Update update) {
    optimizer.apply(update);
  }

  @Override
  public double gradients() {
    INDArray statistics = parameters.array(Buffer.STATISTICS).values();
    INDArray before = statistics.dup();
    double mean = pass();
    statistics.assign(before);
    return mean;
  }

  /**
   * Forward with the running statistics, and backward from the sum of all logits, whose gradients
   * are there afterwards.
   *
   * @return that sum
   */
  double flow() {
    forward(false);
    INDArray scores = values.getLast();
    backward(Nd4j.ones(scores.dataType(), scores.shape()));
    return scores.sumNumber().doubleValue();
  }

  @Override
  public void evaluate() {
    forward(false);
  }

  private void forward(boolean training) {
    values.clear();
    values.add(input());
    for (int i = 0; i < layers.size(); i++) {
      values.add(layers.get(i).forward(inputs(i), training));
    }
    copy(values.getLast(), logits);
    copy(values.get(architecture.neck()), features);
  }

  private static void copy(INDArray value, NativeArray to) {
    to.values().assign(value.reshape('c', new long[] {value.length()}));
  }

  private INDArray input() {
    Volume volume = architecture.images();
    return images
        .values()
        .castTo(parameters.array(Buffer.WEIGHTS).values().dataType())
        .reshape('c', batch, volume.size(), volume.size(), volume.channels());
  }

  private List<INDArray> inputs(int layer) {
    return architecture.layers().get(layer).inputs().stream().map(values::get).toList();
  }

  private void backward(INDArray lossGradient) {
    Map<Integer, INDArray> gradients = new HashMap<>(Map.of(layers.size(), lossGradient));
    for (int i = layers.size() - 1; i >= 0; i--) {
      INDArray gradient = gradients.get(i + 1);
      if (gradient != null) {
        List<Integer> numbers = architecture.layers().get(i).inputs();
        List<INDArray> inner = layers.get(i).backward(inputs(i), values.get(i + 1), gradient);
        for (int k = 0; k < numbers.size(); k++) {
          gradients.merge(numbers.get(k), inner.get(k), INDArray::add);
        }
      }
    }
  }

  @Override
  public FloatBuffer logits() {
    return logits.floatView();
  }

  @Override
  public FloatBuffer features() {
    return features.floatView();
  }

  @Override
  public void close() {
    values.clear();
    images.close();
    logits.close();
    features.close();
  }
}
