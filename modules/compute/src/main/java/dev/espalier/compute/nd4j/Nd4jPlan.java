package dev.espalier.compute.nd4j;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.NativeArray;
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

/** Runs a network layer by layer, forward and backward, keeping every value of the last pass. */
final class Nd4jPlan implements Plan {
  private final Architecture architecture;
  private final Parameters parameters;
  private final int batch;
  private final List<LayerOps> layers = new ArrayList<>();
  private final List<INDArray> values = new ArrayList<>();
  private final NativeArray images;
  private final NativeArray logits;
  private final NativeArray features;
  private final SoftmaxLoss loss;
  private final MaskedUpdate optimizer;

  Nd4jPlan(Parameters parameters, int batch) {
    this.architecture = parameters.architecture();
    this.parameters = parameters;
    this.batch = batch;
    this.images = NativeArray.floats((long) batch * architecture.images().length());
    this.logits = NativeArray.floats((long) batch * architecture.classes());
    this.features = NativeArray.floats((long) batch * architecture.features());
    this.loss = new SoftmaxLoss(batch, architecture.classes());
    this.optimizer = new MaskedUpdate(parameters);
    ParameterViews views = new ParameterViews(parameters);
    for (Layer layer : architecture.layers()) {
      layers.add(ops(views, layer));
    }
  }

  private LayerOps ops(ParameterViews views, Layer layer) {
    return switch (layer) {
      case Layer.Convolution c ->
          new ConvolutionOps(views, c, architecture.volumes().get(layers.size() + 1));
      case Layer.BatchNorm b -> new BatchNormOps(views, b);
      case Layer.AddRelu a -> new AddReluOps();
      case Layer.AveragePool p -> new AveragePoolOps();
      case Layer.Dense d -> new DenseOps(views, d);
    };
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
    loss.labels(labels, smoothing);
  }

  @Override
  public double step(Update update) {
    forward(true);
    double mean = loss.of(values.getLast());
    backward(loss.gradient(values.getLast()));
    optimizer.apply(update);
    return mean;
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
    copy(values.get(architecture.head().input()), features);
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
