package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Modules;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loads weights of ours into the same networks in PyTorch, and compares what both give. */
@Tag("torch")
class NetworksInTorchTest {
  private static final Path SCRIPT = Path.of("src/test/python/network_logits.py");
  private static final int CLASSES = 10;

  @ParameterizedTest
  @CsvSource({
    "resnet20, 32, 3",
    "resnet32-a, 32, 3",
    "resnet110, 32, 3",
    "resnet18, 32, 3",
    "resnet18, 80, 1",
    "resnet34, 64, 3",
    "resnet50, 32, 3",
    "resnet50, 96, 3",
    "vgg11, 32, 1",
    "vgg13, 64, 3",
    "vgg16, 32, 3",
    "vgg19, 48, 3",
    "alexnet, 224, 3",
    "mobilenetv2, 32, 3",
    "mobilenetv2, 96, 3",
    "mobilenext, 32, 3",
    "mobilenext, 96, 3",
    "cnn, 28, 1",
    "cnn, 33, 3"
  })
  void pyTorchGivesTheSameLogits(String name, int rows, int channels, @TempDir Path folder)
      throws Exception {
    Architecture network =
        Architectures.of(KnownNetwork.named(name), new Volume(channels, rows), CLASSES);
    Path file = folder.resolve("weights.safetensors");
    try (Parameters parameters = Parameters.float32(network);
        Plan plan = new OneDnnProvider(2).compile(network, parameters, 2)) {
      fill(parameters);
      Files.write(file, weights(parameters));
      Formula.batch(plan, CLASSES, 3);
      plan.evaluate();

      double[] torch =
          run(name, Integer.toString(rows), Integer.toString(channels), file.toString());

      double[] ours = Numbers.doubles(plan.logits());
      assertThat(torch).hasSameSizeAs(ours);
      assertThat(Numbers.relativeError(ours, torch, 0, torch.length)).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20, 32, conv1",
    "resnet20, 32, layer1.0.bn1",
    "resnet20, 32, layer2.0",
    "resnet20, 32, layer2.0.downsample",
    "resnet20, 32, layer2",
    "resnet50, 96, layer1",
    "vgg11, 32, features.4",
    "vgg11, 32, features.5",
    "vgg11, 32, features.6",
    "alexnet, 224, features.5",
    "alexnet, 224, classifier.4",
    "mobilenetv2, 32, features.0",
    "mobilenetv2, 32, features.3",
    "mobilenext, 32, features.2.conv",
    "cnn, 28, conv2"
  })
  void pyTorchGivesTheSameFeaturesOfAModule(
      String name, int rows, String module, @TempDir Path folder) throws Exception {
    Architecture network = Architectures.of(KnownNetwork.named(name), new Volume(3, rows), CLASSES);
    Architecture cut = new Modules(network).upTo(module);
    Path file = folder.resolve("weights.safetensors");
    try (Parameters whole = Parameters.float32(network);
        Parameters part = Parameters.float32(cut);
        Plan plan = new OneDnnProvider(2).compile(cut, part, 2)) {
      fill(whole);
      byte[] weights = weights(whole);
      Files.write(file, weights);
      take(TensorFile.parse(weights), part);
      Formula.batch(plan, 1, 3);
      plan.evaluate();

      double[] torch = run(name, Integer.toString(rows), "3", file.toString(), module);

      double[] ours = Numbers.doubles(plan.features());
      assertThat(torch).hasSameSizeAs(ours);
      assertThat(Numbers.relativeError(ours, torch, 0, torch.length)).isLessThan(1e-4);
    }
  }

  private static void take(TensorFile whole, Parameters part) {
    part.set(Buffer.WEIGHTS, flat(whole, part.slots()));
    part.set(Buffer.STATISTICS, flat(whole, part.statistics()));
  }

  private static float[] flat(TensorFile whole, List<Slot> slots) {
    float[] flat = new float[slots.isEmpty() ? 0 : slots.getLast().end()];
    for (Slot slot : slots) {
      whole
          .tensor(slot.name())
          .ifPresent(t -> System.arraycopy(t.floats(), 0, flat, slot.offset(), slot.length()));
    }
    return flat;
  }

  private static void fill(Parameters parameters) {
    Formula.weights(parameters, 1);
    float[] statistics = parameters.floats(Buffer.STATISTICS);
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] += (float) (0.2 * Formula.at(2, i));
    }
    parameters.set(Buffer.STATISTICS, statistics);
  }

  private static byte[] weights(Parameters parameters) {
    List<Tensor> tensors = new ArrayList<>();
    addTo(tensors, parameters.slots(), parameters.floats(Buffer.WEIGHTS));
    addTo(tensors, parameters.statistics(), parameters.floats(Buffer.STATISTICS));
    return TensorFile.of(tensors, Map.of()).bytes();
  }

  private static void addTo(List<Tensor> tensors, List<Slot> slots, float[] flat) {
    for (Slot slot : slots) {
      float[] values = Arrays.copyOfRange(flat, slot.offset(), slot.end());
      tensors.add(Tensor.ofFloats(slot.name(), slot.shape(), values));
    }
  }

  private static double[] run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Process python =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).isZero();
    return printed.lines().mapToDouble(Double::parseDouble).toArray();
  }
}
