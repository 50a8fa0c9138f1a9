package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void programsGetMediansInJson() throws IOException {
    assertThat(run("--network=resnet8 --batch=16 --seconds=0.3 --weights=100000 --json")).isZero();

    JsonNode found = new JsonMapper().readTree(out.toByteArray());
    assertThat(found.get("network").asText()).isEqualTo("resnet8");
    assertThat(found.get("size").asInt()).isEqualTo(32);
    assertThat(found.get("batch").asInt()).isEqualTo(16);
    assertThat(found.get("threads").asInt()).isEqualTo(1);
    assertThat(found.get("precision").asText()).isEqualTo("float32");
    assertThat(found.get("processor").asText()).isNotBlank();
    assertThat(found.at("/training/imagesPerSecond").asDouble()).isPositive();
    assertThat(found.at("/evaluation/imagesPerSecond").asDouble())
        .isGreaterThan(found.at("/training/imagesPerSecond").asDouble());
    assertThat(found.get("peakShare").asDouble()).isPositive();
    assertThat(found.get("peakMemory").asDouble()).isPositive();
    assertThat(found.at("/pruning/milliseconds").asDouble())
        .isGreaterThanOrEqualTo(found.at("/pruning/best").asDouble())
        .isPositive();
  }

  @Test
  void peopleGetATable() {
    assertThat(run("--network=resnet8 --batch=8 --threads=2 --seconds=0.1 --weights=1000"))
        .isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("resnet8 on 32 × 32, batch 8, float32, 2 threads of ")
        .contains("median", "best", "training, images/s", "pruning of 1,000 weights, ms")
        .containsPattern("Training reaches \\d+ % of the matrix product.");
  }

  @Test
  void aProfileAddsUpToTheStep() throws IOException {
    assertThat(run("--network=resnet8 --batch=16 --seconds=0.2 --profile --json")).isZero();

    JsonNode found = new JsonMapper().readTree(out.toByteArray());
    double sum = 0;
    for (JsonNode kernel : found.get("kernels")) {
      sum += kernel.get("share").asDouble();
    }
    assertThat(sum + found.get("outside").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(found.get("outside").asDouble()).isBetween(0.0, 0.5);
    assertThat(found.get("kernels").findValuesAsText("name"))
        .contains("conv1 forward", "loss", "update");
  }

  @Test
  void peopleGetTheProfileAsATable() {
    assertThat(run("--network=resnet8 --batch=8 --seconds=0.1 --profile")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("kernel", "% of a step", "conv1 backward weights", "outside kernels", "a step");
  }

  @Test
  void tuningAddsToATable(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("own.choices");
    Files.writeString(table, "float32 forward of another = one\n");
    assertThat(run("--network=cnn --batch=2 --tune=" + table)).isZero();

    assertThat(Files.readAllLines(table))
        .contains("float32 forward of another = one")
        .anySatisfy(line -> assertThat(line).startsWith("float32 backward-weights 3x32x32 to "));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Table ", table.toString());
  }

  @Test
  void aTableThatIsNoneIsRefusedAndLeftAsItIs(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("own.choices");
    Files.writeString(table, "nonsense");
    assertThat(run("--tune=" + table)).isEqualTo(Exit.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("'nonsense' (" + table + ", line 1)");
    assertThat(table).hasContent("nonsense");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--network=resnet2 | --network: expected one of [",
        "--size=0          | pictures of at least 1x1",
        "--batch=0         | at least 1 image",
        "--threads=0       | at least 1 thread",
        "--seconds=0       | more than 0 seconds",
        "--seconds=NaN     | more than 0 seconds",
        "--weights=0       | at least 1 weight",
        "--precision=half  | float32",
      })
  void aWrongValueIsRefusedWithWhatWasExpected(String option, String complaint) {
    assertThat(run(option)).isEqualTo(Exit.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(complaint);
  }

  private int run(String options) {
    return Commands.run(
        Stream.concat(Stream.of("bench"), Stream.of(options.split(" "))).toArray(String[]::new),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
