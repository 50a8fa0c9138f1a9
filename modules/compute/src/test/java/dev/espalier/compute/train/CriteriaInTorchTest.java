package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.OwnNetwork;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Step;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds what weights are worth to PyTorch's figures: {@code golden_criteria.py} scored the same
 * network on the same batches in float64 and wrote down what came of it.
 */
class CriteriaInTorchTest {
  private static final Path SCRIPT = Path.of("src/test/python/golden_criteria.py");
  private static final int BATCHES = 3;
  private static final DataSpec DATA =
      Datasets.pin(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(48), OptionalInt.of(8)), Map.of());
  private static final Network NETWORK =
      new OwnNetwork(
          "small",
          List.of(
              convolution(4, 2),
              new Step.BatchNorm(Optional.empty()),
              new Step.Relu(Optional.empty()),
              convolution(4, 1),
              new Step.BatchNorm(Optional.empty()),
              new Step.Relu(Optional.empty()),
              convolution(6, 2),
              new Step.BatchNorm(Optional.empty()),
              new Step.Relu(Optional.empty()),
              new Step.AveragePool(1, Optional.empty())));

  private final Apparatus apparatus = open();

  private static Step convolution(int channels, int stride) {
    return new Step.Convolution(
        channels, 3, stride, OptionalInt.empty(), 1, false, Optional.empty());
  }

  private static Apparatus open() {
    Training usual = Training.standard(1);
    Training training =
        new Training(
            1,
            16,
            usual.optimizer(),
            usual.learningRate(),
            List.of(),
            usual.gamma(),
            usual.weightDecay(),
            usual.warmUp(),
            usual.augmentation());
    Reading reading = new Reading(Datasets.open(DATA, Map.of()), training.augmentation(), 5, 1);
    Apparatus apparatus =
        Apparatus.open(
            new OneDnnProvider(1),
            new Lesson(reading, Objective.LABELS, training),
            new Setting(DATA, NETWORK, 5, training, Precision.FLOAT32));
    Initialisation.draw(apparatus.parameters(), 5, Initialisation.Purpose.W0);
    unsettle(apparatus.parameters());
    return apparatus;
  }

  /** Moves batch norm away from 1 and 0, some of it below. */
  private static void unsettle(Parameters parameters) {
    Random random = new Random(7);
    float[] weights = parameters.floats(Buffer.WEIGHTS);
    for (Slot slot : parameters.slots()) {
      if (slot.kind() == Slot.Kind.SCALE || slot.kind() == Slot.Kind.SHIFT) {
        move(weights, slot, random);
      }
    }
    parameters.set(Buffer.WEIGHTS, weights);
    float[] statistics = parameters.floats(Buffer.STATISTICS);
    parameters.statistics().forEach(slot -> move(statistics, slot, random));
    parameters.set(Buffer.STATISTICS, statistics);
  }

  private static void move(float[] values, Slot slot, Random random) {
    for (int i = slot.offset(); i < slot.end(); i++) {
      values[i] += 0.6f * (random.nextFloat() - 0.5f);
    }
  }

  @AfterEach
  void close() {
    apparatus.close();
  }

  @Test
  void worthIsWhatPyTorchFindsIt() throws IOException {
    assertWorth(golden());
  }

  @Test
  @Tag("torch")
  void theGoldenFiguresAreWhatPyTorchGives(@TempDir Path folder) throws Exception {
    export(folder);
    Path output = folder.resolve("golden.json");
    Process python =
        new ProcessBuilder(
                "/usr/bin/python3", SCRIPT.toString(), folder.toString(), output.toString())
            .inheritIO()
            .start();
    assertThat(python.waitFor()).isZero();

    JsonNode fresh = new ObjectMapper().readTree(Files.readAllBytes(output));

    assertWorth(fresh);
    assertThat(fresh.get("snip")).hasSize(golden().get("snip").size());
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = CriteriaInTorchTest.class.getResourceAsStream("torch_criteria.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  private void export(Path folder) throws IOException {
    write(folder.resolve("weights.bin"), apparatus.parameters().floats(Buffer.WEIGHTS));
    write(folder.resolve("statistics.bin"), apparatus.parameters().floats(Buffer.STATISTICS));
    FloatBuffer images = apparatus.plan().images();
    float[] all = new float[BATCHES * images.limit()];
    List<int[]> answers = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      answers.add(show(batch));
      images.get(0, all, batch * images.limit(), images.limit());
    }
    write(folder.resolve("images.bin"), all);
    Files.write(folder.resolve("answers.json"), new ObjectMapper().writeValueAsBytes(answers));
  }

  private int[] show(int batch) {
    try (var feed = apparatus.lesson().steps(batch, batch + 1L)) {
      return feed.next(
          inputs -> {
            apparatus.lesson().teach(batch, inputs, apparatus.plan());
            return inputs.answers();
          });
    }
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  private void assertWorth(JsonNode expected) {
    for (Criterion criterion :
        List.of(Criterion.SNIP, Criterion.TAYLOR, Criterion.FISHER, Criterion.SYNFLOW)) {
      double[] came = worth(criterion);
      assertThat(error(came, numbers(expected.get(criterion.toString()))))
          .describedAs(criterion.toString())
          .isLessThan(1e-4);
    }
    double[] grasp = worth(Criterion.GRASP);
    double[] exact = numbers(expected.get("grasp"));
    assertThat(error(grasp, exact)).isLessThan(1e-2);
    assertThat(Ranking.correlation(grasp, exact)).isGreaterThan(0.999);
  }

  /** What the weights of the convolutions are worth. */
  private double[] worth(Criterion criterion) {
    Recipe recipe =
        new Recipe(
            criterion,
            Scope.GLOBAL,
            0.5,
            TrainingPoint.START,
            Pattern.UNSTRUCTURED,
            Moment.UNTRAINED,
            BATCHES);
    try (Worth worth = Worth.of(recipe, apparatus, 0)) {
      float[] values = worth.values().toArray(ValueLayout.JAVA_FLOAT);
      return apparatus.parameters().slots().stream()
          .filter(Slot::prunable)
          .flatMapToInt(slot -> IntStream.range(slot.offset(), slot.end()))
          .mapToDouble(i -> criterion.isSigned() ? signed(values[i]) : values[i])
          .toArray();
    }
  }

  /** The value that {@link Worth#ordered} put in order, but for its last bit. */
  private static double signed(float ordered) {
    int unsigned = Float.floatToIntBits(ordered) << 1;
    return Float.intBitsToFloat(unsigned < 0 ? unsigned & Integer.MAX_VALUE : ~unsigned);
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  /** |came − expected| ÷ |expected|. */
  private static double error(double[] came, double[] expected) {
    assertThat(came).hasSameSizeAs(expected);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < came.length; i++) {
      difference += (came[i] - expected[i]) * (came[i] - expected[i]);
      size += expected[i] * expected[i];
    }
    return Math.sqrt(difference / size);
  }
}
