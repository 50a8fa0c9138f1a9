package dev.espalier.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.command.Commands;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studies that the project ships do what they say. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../../src/examples");
  private static final String CIFAR10 = "cifar-10-batches-bin";

  @TempDir private Path folder;

  /** Its tasks of the other objective and of the third seed change nothing about these. */
  @Test
  void theQuickstartShowsThatLabelTicketsBeatChance() throws IOException {
    String study = Files.readString(EXAMPLES.resolve("quickstart.yaml"));
    Map<String, String> cuts =
        Map.of(
            "objectives: [labels, rotation]", "objectives: [labels]",
            "seeds: [1, 2, 3]", "seeds: [1, 2]");

    assertLabelTicketsBeatChance(run(shortened(study, cuts), List.of()));
  }

  @Tag("long")
  @Test
  void theWholeQuickstartShowsThatLabelTicketsBeatChance() throws IOException {
    assertLabelTicketsBeatChance(
        run(Files.readString(EXAMPLES.resolve("quickstart.yaml")), List.of()));
  }

  private static void assertLabelTicketsBeatChance(JsonNode report) {
    assertCountsAreExact(report);
    JsonNode comparison = comparison(report, "labels/ticket", "random");
    assertThat(comparison.get("clearlyBetter").asBoolean()).as(comparison.toString()).isTrue();
  }

  @Test
  void theCifar10StudyRunsShortenedOnTheRealImages() throws IOException {
    Optional<Path> images = cifar10();
    assumeTrue(
        images.isPresent(), "no CIFAR-10 in $ESPALIER_DATA or ~/.cache/" + CIFAR10 + ": skipped");
    String study = Files.readString(EXAMPLES.resolve("cifar10.yaml"));
    Map<String, String> cuts =
        Map.of(
            "train: 5000, test: 2000", "train: 128, test: 64",
            "epochs: 5", "epochs: 2",
            "milestones: [3ep, 4ep]", "milestones: [1ep]",
            "seeds: [1, 2]", "seeds: [1]",
            "warmUp: 100it", "warmUp: 2it",
            "rounds: 2", "rounds: 1");

    JsonNode report =
        run(shortened(study, cuts), List.of("--data", "cifar10=" + images.orElseThrow()));

    assertCountsAreExact(report);
  }

  @Test
  void theStudyOfOnesOwnPicturesRunsShortened() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (int i = 0; i < 20; i++) {
      paint(pictures.resolve(i < 16 ? "train" : "val"), i, i % 2 == 0 ? "stripes" : "dots");
    }
    String study = Files.readString(EXAMPLES.resolve("folder.yaml"));
    Map<String, String> cuts =
        Map.of(
            "size: 96, resize: 110", "size: 24, resize: 26",
            "resnet18", "resnet8",
            "epochs: 10", "epochs: 2",
            "batch: 32", "batch: 8",
            "milestones: [6ep, 8ep]", "milestones: [1ep]",
            "rounds: 3", "rounds: 1");

    JsonNode report = run(shortened(study, cuts), List.of("--data", "folder=" + pictures));

    assertCountsAreExact(report);
  }

  @Test
  void aDescribedNetworkIsTrainedAndPruned() throws IOException {
    Path networks = Files.createDirectory(folder.resolve("networks"));
    Files.copy(EXAMPLES.resolve("networks/branches.yaml"), networks.resolve("branches.yaml"));

    JsonNode report = run(Files.readString(EXAMPLES.resolve("own-network.yaml")), List.of());

    assertCountsAreExact(report);
  }

  private static void paint(Path part, int number, String what) throws IOException {
    BufferedImage image = new BufferedImage(30, 40, BufferedImage.TYPE_3BYTE_BGR);
    for (int row = 0; row < 40; row++) {
      for (int column = 0; column < 30; column++) {
        boolean dark = row % 4 < 2 && (what.equals("stripes") || (column + number) % 4 < 2);
        image.setRGB(column, row, dark ? 0x203040 + number : 0xE0D0C0);
      }
    }
    Path file = part.resolve(what).resolve(number + ".jpg");
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "jpeg", file.toFile());
  }

  private JsonNode run(String study, List<String> options) throws IOException {
    Path file = Files.writeString(folder.resolve("study.yaml"), study);
    Path out = folder.resolve("out");
    List<String> arguments =
        List.of("run", file.toString(), "--work", folder + "/work", "--out", out.toString());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);

    int exitCode =
        Commands.run(
            Stream.concat(arguments.stream(), options.stream()).toArray(String[]::new), both, both);

    assertThat(exitCode).as(said.toString(StandardCharsets.UTF_8)).isZero();
    JsonNode report = new JsonMapper().readTree(out.resolve("report.json").toFile());
    assertThat(report.get("completed")).isEqualTo(report.get("tasks"));
    assertThat(report.get("failures")).isEmpty();
    return report;
  }

  private static String shortened(String study, Map<String, String> cuts) {
    String shorter = study;
    for (Map.Entry<String, String> cut : cuts.entrySet()) {
      assertThat(shorter).contains(cut.getKey());
      shorter = shorter.replace(cut.getKey(), cut.getValue());
    }
    return shorter;
  }

  /** Of r remaining weights a round removes floor(fraction × r). */
  private static void assertCountsAreExact(JsonNode report) {
    double fraction = report.at("/content/pruning/fraction").asDouble();
    assertThat(fraction).isPositive();
    assertThat(report.get("masks")).isNotEmpty();
    for (JsonNode mask : report.get("masks")) {
      long kept = mask.get("total").asLong();
      for (int round = 0; round <= mask.get("round").asInt(); round++) {
        kept -= (long) Math.floor(fraction * kept);
      }
      assertThat(mask.get("kept").asLong()).as(mask.toString()).isEqualTo(kept);
    }
  }

  private static JsonNode comparison(JsonNode report, String first, String second) {
    for (JsonNode comparison : report.get("comparisons")) {
      if (comparison.get("first").asText().equals(first)
          && comparison.get("second").asText().equals(second)) {
        return comparison;
      }
    }
    throw new AssertionError("no comparison of " + first + " with " + second + " in " + report);
  }

  private static Optional<Path> cifar10() {
    Path home = Path.of(System.getProperty("user.home"), ".cache", CIFAR10);
    return Stream.of(
            Optional.ofNullable(System.getenv("ESPALIER_DATA")).map(Path::of), Optional.of(home))
        .flatMap(Optional::stream)
        .filter(candidate -> Files.exists(candidate.resolve("test_batch.bin")))
        .findFirst();
  }
}
