package dev.espalier.fleet.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import dev.espalier.wire.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The paper's figures that are shipped for a desk say truly how long they take. */
class SmallStudiesTest {
  private static final double AN_HOUR = 2 * 500 * 3600; // ResNet-20 in bf16: 500 a second and core
  private static final double ROUNDED = 0.05;
  private static final Pattern PASSES =
      Pattern.compile("# Less than an hour on two cores: (\\d+\\.\\d) million image passes\\. ");

  static Stream<Path> studies() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../src/examples/paper"))) {
      return files
          .filter(file -> file.toString().endsWith("-small.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("studies")
  void aSmallStudyTakesWhatItSaysAndFitsTheHour(Path file) throws IOException {
    String text = Files.readString(file);
    Matcher said = PASSES.matcher(text);
    Study study =
        StudyFile.parse(text, file.toString())
            .study()
            .on(data -> data.pinnedTo(Samples.digest("images")));

    double passes =
        TaskGraph.of(study, Samples.NAMING).nodes().stream()
            .mapToDouble(node -> Passes.of(node.task()))
            .sum();

    assertThat(passes).isLessThan(AN_HOUR);
    assertThat(said.find()).as("%.1f million image passes", passes / 1e6).isTrue();
    assertThat(passes / 1e6).isCloseTo(Double.parseDouble(said.group(1)), within(ROUNDED));
  }
}
