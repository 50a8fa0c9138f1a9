package dev.espalier.verification.chaos;

import dev.espalier.cli.command.Commands;
import dev.espalier.kafka.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What there is to do: a study of tasks that take a second or two each. */
final class Work {
  private static final String STUDY =
      """
      name: chaos
      data: {name: glyphs, train: 192, test: 64}
      network: resnet8
      seeds: [1, 2, 3, 4]
      objectives: [labels, rotation]
      training: {epochs: 3, batch: 32}
      pruning: {fraction: 0.5, rounds: 2, rewind: 2it}
      evaluations: [ticket, random]
      """;

  private Work() {}

  /** Asks the fleet of {@code log} for it. */
  static void submit(Connection log, Path folder) throws IOException {
    Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      String[] line = {"submit", study.toString(), "--kafka", log.bootstrap()};
      if (Commands.run(line, both, both) != 0) {
        throw new IllegalStateException(
            "expected the study to be taken, got " + said.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
