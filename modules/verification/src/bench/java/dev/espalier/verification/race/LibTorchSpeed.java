package dev.espalier.verification.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.parameter_iterator;

/**
 * How many images a second LibTorch trains and evaluates a scripted network on, channels last. With
 * bf16, operations are cast automatically, as a person would have it.
 *
 * <p>Arguments: the script's file, batch, picture size, threads, precision, seconds.
 */
final class LibTorchSpeed {
  private static final double NANOS = 1e9;
  private static final int CLASSES = 10;

  private final JitModule network;
  private final int batch;
  private final Tensor images; // (batch, 3, size, size), channels last
  private final Tensor labels; // (batch)
  private final SGD optimizer;

  private LibTorchSpeed(Path script, int batch, int size) {
    this.network = torch.load(script.toString());
    this.batch = batch;
    this.images = torch.randn(batch, 3, size, size).contiguous(MemoryFormat.ChannelsLast);
    this.labels = torch.randint(CLASSES, new long[] {batch});
    this.optimizer = new SGD(parameters(), options());
  }

  private TensorVector parameters() {
    TensorVector parameters = new TensorVector();
    var all = network.parameters();
    for (parameter_iterator at = all.begin(); at.notEquals(all.end()); at.increment()) {
      Tensor parameter = at.access();
      if (parameter.dim() == 4) {
        parameter.set_data(parameter.contiguous(MemoryFormat.ChannelsLast));
      }
      parameters.push_back(parameter);
    }
    return parameters;
  }

  private static SGDOptions options() {
    SGDOptions options = new SGDOptions(1e-3);
    options.momentum().put(0.9);
    options.weight_decay().put(1e-4);
    return options;
  }

  /** Prints a JSON object with the median of each. */
  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(Integer.parseInt(arguments[3]));
    torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
    torch.set_autocast_cache_enabled(false); // it would keep the weights of the step before
    torch.set_autocast_enabled(DeviceType.CPU, arguments[4].equals("bf16"));
    // Its own differentiation of scripts knows nothing of casts: some networks fail in bf16.
    torch.setGraphExecutorOptimize(!arguments[4].equals("bf16"));
    var speed =
        new LibTorchSpeed(
            Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    double seconds = Double.parseDouble(arguments[5]);
    double training = speed.measure(speed::train, seconds * 3 / 4);
    speed.network.eval();
    GradMode.set_enabled(false);
    double evaluation = speed.measure(speed::forward, seconds / 4);
    System.out.printf(
        Locale.ROOT,
        "{\"training\": %.3f, \"evaluation\": %.3f, \"memory\": %.1f}%n",
        training,
        evaluation,
        peakMegabytes());
  }

  @SuppressWarnings("try") // the scope is there to free what a step allocates
  private double measure(Runnable work, double seconds) {
    List<Double> times = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < 5 || System.nanoTime() - begin < seconds * NANOS; i++) {
      try (PointerScope scope = new PointerScope()) {
        long before = System.nanoTime();
        work.run();
        times.add((System.nanoTime() - before) / NANOS);
      }
    }
    List<Double> counted = times.subList(3, times.size()).stream().sorted().toList();
    return batch / counted.get(counted.size() / 2);
  }

  private void train() {
    network.train(true);
    optimizer.zero_grad();
    Tensor loss = torch.cross_entropy(forward(), labels);
    loss.backward();
    optimizer.step();
  }

  private Tensor forward() {
    return network.forward(new IValueVector(new IValue(images))).toTensor();
  }

  private static double peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
