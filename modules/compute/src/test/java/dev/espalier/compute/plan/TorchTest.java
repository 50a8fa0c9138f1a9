package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds our training to PyTorch's: {@code golden_training.py} took the same masked steps in float64
 * and wrote down what came of them.
 */
class TorchTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 5e-4);
  private static final Path SCRIPT = Path.of("src/test/python/golden_training.py");

  // PyTorch's and ours round differently in their last bits, and the steps magnify that.
  private static final double EXACT = 1e-6;

  @Test
  void theReferenceTrainsAsPyTorchDoes() throws IOException {
    try (Parameters parameters = Parameters.float64(NETWORK)) {
      assertTrainsAs(golden(), new Nd4jProvider(), parameters, EXACT);
    }
  }

  // In float32 a few values cross the kink of max(0, x), and the steps magnify that too.
  @Test
  void oneDnnTrainsAsPyTorchDoes() throws IOException {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      assertTrainsAs(golden(), new OneDnnProvider(1), parameters, 2e-2);
    }
  }

  @Test
  @Tag("torch")
  void theGoldenFiguresAreWhatPyTorchGives(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("golden.json");
    Process python =
        new ProcessBuilder("/usr/bin/python3", SCRIPT.toString(), output.toString())
            .inheritIO()
            .start();
    assertThat(python.waitFor()).isZero();
    try (Parameters parameters = Parameters.float64(NETWORK)) {
      JsonNode fresh = new ObjectMapper().readTree(Files.readAllBytes(output));
      assertTrainsAs(fresh, new Nd4jProvider(), parameters, EXACT);
      assertThat(numbers(fresh.get("losses"))).hasSize(golden().get("steps").asInt());
    }
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = TorchTest.class.getResourceAsStream("torch_resnet8.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  private static void assertTrainsAs(
      JsonNode golden, Provider provider, Parameters parameters, double tolerance) {
    try (Plan plan = provider.compile(NETWORK, parameters, golden.get("batch").asInt())) {
      Formula.weights(parameters, 1);
      Formula.mask(parameters, 2);
      double[] losses = numbers(golden.get("losses"));
      for (int step = 0; step < losses.length; step++) {
        Formula.batch(plan, NETWORK.classes(), 10 + step);
        assertThat(plan.step(UPDATE)).isCloseTo(losses[step], within(tolerance * losses[step]));
      }
      Formula.batch(plan, NETWORK.classes(), 99);
      plan.evaluate();
      assertNear(Numbers.doubles(plan.logits()), numbers(golden.get("logits")), tolerance);
      assertNear(Numbers.doubles(plan.features()), numbers(golden.get("features")), tolerance);
    }
    assertNorms(parameters, Buffer.WEIGHTS, parameters.slots(), golden.get("norms"), tolerance);
    List<Slot> statistics = parameters.statistics();
    assertNorms(parameters, Buffer.STATISTICS, statistics, golden.get("statistics"), tolerance);
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static void assertNear(double[] came, double[] expected, double tolerance) {
    assertThat(Numbers.relativeError(came, expected, 0, expected.length)).isLessThan(tolerance);
  }

  private static void assertNorms(
      Parameters parameters, Buffer buffer, List<Slot> slots, JsonNode norms, double tolerance) {
    double[] values = parameters.doubles(buffer);
    assertThat(slots).hasSize(norms.size());
    for (Slot slot : slots) {
      double expected = norms.get(slot.name()).asDouble();
      assertThat(Numbers.norm(values, slot))
          .describedAs(slot.name())
          .isCloseTo(expected, within(tolerance * expected));
    }
  }
}
