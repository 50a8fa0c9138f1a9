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
import dev.espalier.domain.study.Optimizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds optimizers, label smoothing and clipping to PyTorch's: {@code golden_optimizers.py} took
 * the same masked steps in float64 and wrote down what came of them.
 */
class TorchOptimizersTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final Path SCRIPT = Path.of("src/test/python/golden_optimizers.py");
  private static final double EXACT = 1e-6;

  record Recipe(
      String name,
      Optimizer optimizer,
      double rate,
      double decay,
      double smoothing,
      OptionalDouble clip) {
    Recipe(String name, Optimizer optimizer, double rate, double decay) {
      this(name, optimizer, rate, decay, 0, OptionalDouble.empty());
    }

    Update update(int step) {
      return new Update(optimizer, rate, decay, step + 1, clip);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Recipe> recipes() {
    Optimizer momentum = new Optimizer.Sgd(0.9, false);
    Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8);
    OptionalDouble clip = OptionalDouble.of(0.7);
    return Stream.of(
        new Recipe("sgd", new Optimizer.Sgd(0, false), 0.05, 5e-4),
        new Recipe("nesterov", new Optimizer.Sgd(0.9, true), 0.05, 5e-4),
        new Recipe("adam", adam, 1e-3, 1e-2),
        new Recipe("adamw", new Optimizer.AdamW(0.8, 0.99, 1e-6), 1e-3, 1e-1),
        new Recipe("smoothed", momentum, 0.05, 0, 0.1, OptionalDouble.empty()),
        new Recipe("clipped", momentum, 0.05, 5e-4, 0, clip),
        new Recipe("all", adam, 1e-3, 0, 0.2, clip));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theReferenceTrainsAsPyTorchDoes(Recipe recipe) throws IOException {
    try (Parameters parameters = Parameters.float64(NETWORK, recipe.optimizer())) {
      assertTrainsAs(golden(), recipe, new Nd4jProvider(), parameters, EXACT);
    }
  }

  // In float32 a few values cross the kink of max(0, x), and the steps magnify that.
  @ParameterizedTest
  @MethodSource("recipes")
  void oneDnnTrainsAsPyTorchDoes(Recipe recipe) throws IOException {
    try (Parameters parameters = Parameters.float32(NETWORK, recipe.optimizer())) {
      assertTrainsAs(golden(), recipe, new OneDnnProvider(2), parameters, 2e-2);
    }
  }

  @Test
  @Tag("torch")
  void theGoldenFiguresAreWhatPyTorchGives(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("golden.json");
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-B", SCRIPT.toString(), output.toString())
            .inheritIO()
            .start();
    assertThat(python.waitFor()).isZero();
    JsonNode fresh = new ObjectMapper().readTree(Files.readAllBytes(output));
    assertThat(fresh.get("recipes").size()).isEqualTo(golden().get("recipes").size());
    for (Recipe recipe : recipes().toList()) {
      try (Parameters parameters = Parameters.float64(NETWORK, recipe.optimizer())) {
        assertTrainsAs(fresh, recipe, new Nd4jProvider(), parameters, EXACT);
      }
    }
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = TorchOptimizersTest.class.getResourceAsStream("torch_optimizers.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  private static void assertTrainsAs(
      JsonNode golden, Recipe recipe, Provider provider, Parameters parameters, double tolerance) {
    JsonNode expected = golden.get("recipes").get(recipe.name());
    int batch = golden.get("batch").asInt();
    try (Plan plan = provider.compile(NETWORK, parameters, batch)) {
      Formula.weights(parameters, 1);
      Formula.mask(parameters, 2);
      for (int step = 0; step < expected.get("losses").size(); step++) {
        Formula.batch(plan, NETWORK.classes(), 10 + step, recipe.smoothing());
        double loss = expected.get("losses").get(step).asDouble();
        assertThat(plan.step(recipe.update(step))).isCloseTo(loss, within(tolerance * loss));
      }
    }
    double[] weights = parameters.doubles(Buffer.WEIGHTS);
    assertThat(parameters.slots()).hasSize(expected.get("norms").size());
    for (Slot slot : parameters.slots()) {
      double norm = expected.get("norms").get(slot.name()).asDouble();
      assertThat(Numbers.norm(weights, slot))
          .describedAs(slot.name())
          .isCloseTo(norm, within(tolerance * norm));
    }
  }
}
