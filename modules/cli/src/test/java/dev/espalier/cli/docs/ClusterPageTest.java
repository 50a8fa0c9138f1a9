package dev.espalier.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about fleets of many processes says what is true of the program. */
class ClusterPageTest {
  private static final Path PAGE = Path.of("../../src/site/cluster.md");

  @Test
  void theTableOfAclsIsThatOfTheProgram() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| role |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows).containsExactlyElementsOf(rowsOf(Connection.to("anywhere")).toList());
  }

  private static Stream<String> rowsOf(Connection log) {
    return Stream.of(Duty.values())
        .flatMap(duty -> duty.grants(log).stream().map(grant -> row(duty, grant)));
  }

  private static String row(Duty duty, Grant grant) {
    String kind = grant.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String operations =
        new TreeSet<>(grant.operations())
            .stream().map(Object::toString).collect(Collectors.joining(", "));
    return "| %s | %s `%s%s` | %s |"
        .formatted(duty, kind, grant.name(), grant.prefix() ? "…" : "", operations);
  }
}
