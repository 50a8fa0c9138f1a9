package dev.espalier.verification.chaos;

import dev.espalier.cli.command.Commands;
import dev.espalier.kafka.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What there is to do: a study of tasks that take about a second each. */
final class Work {
  private static final String STUDY =
      """
      name: chaos
      data: {name: glyphs, train: IMAGES, test: 48}
      network: resnet8
      seeds: SEEDS
      objectives: [labels, rotation]
      training: {epochs: 3, batch: 32}
      pruning: {fraction: 0.5, rounds: 2, rewind: 2it}
      evaluations: [ticket, random]
      """;

  private static final String LONG =
      """
      name: redelivery
      data: {name: glyphs, train: 4096, test: 48}
      network: resnet8
      seeds: [1]
      objectives: [labels]
      training: {epochs: 2000, batch: 32}
      pruning: {fraction: 0.5, rounds: 1, rewind: 2it}
      evaluations: [ticket]
      """;

  private static final int IMAGES = 48;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private Work() {}

  /**
   * Asks the fleet of {@code log} for it.
   *
   * @param seeds how many times everything is done, each time from other weights; the more there
   *     are, the longer a task takes, too
   */
  static void submit(Connection log, int seeds, Path folder) throws IOException {
    List<Integer> all = IntStream.rangeClosed(1, seeds).boxed().toList();
    String images = Integer.toString(IMAGES * (1 + seeds));
    submit(log, STUDY.replace("SEEDS", all.toString()).replace("IMAGES", images), folder);
  }

  /** Asks for one task that takes hours, and others that wait for it. */
  static void submitOne(Connection log, Path folder) throws IOException {
    submit(log, LONG, folder);
  }

  private static void submit(Connection log, String text, Path folder) throws IOException {
    Path study = Files.writeString(folder.resolve("study.yaml"), text);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      // A busy broker may answer too late; a study that is submitted twice is the same.
      String[] line = {"submit", study.toString(), "--kafka", log.bootstrap()};
      Awaiting taken = () -> Commands.run(line, both, both) == 0;
      try {
        taken.await("the study to be taken", LIMIT, Awaiting::pause);
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "expected the study to be taken, got " + said.toString(StandardCharsets.UTF_8), e);
      }
    }
  }
}
