package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The page about the command says what is true of it. */
class CommandPageTest {
  private static final Path PAGE = Path.of("../../src/site/command.md");
  private static final Pattern EXAMPLE = Pattern.compile("`\\./espalier ([^`]+)`");
  private static final Pattern CODE = Pattern.compile("(?m)^\\| (\\d+) \\| (.+) \\|$");
  private static final Pattern WORD = Pattern.compile("`([a-z]+)`");
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  private static CommandLine all() {
    return Commands.line(new String[0], new Terminal(NOWHERE, NOWHERE, Map.of()));
  }

  static List<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().map(one -> one.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theCommandTakesTheExample(String example) {
    CommandLine.ParseResult parsed = all().parseArgs(example.split(" "));

    assertThat(parsed.hasSubcommand()).isTrue();
    assertThat(parsed.subcommand().unmatched()).isEmpty();
  }

  @Test
  void filesOfExamplesAreThere() throws IOException {
    assertThat(examples().stream().flatMap(line -> Stream.of(line.split(" "))))
        .filteredOn(word -> word.endsWith(".yaml"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Path.of("../..", file)).exists());
  }

  @Test
  void everyCommandHasAnExampleOrIsNamedBesideOne() throws IOException {
    Set<String> told = new TreeSet<>();
    try (Stream<String> lines = Files.lines(PAGE)) {
      lines
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.split("\\|", -1)[1])
          .flatMap(cell -> WORD.matcher(cell).results())
          .map(word -> word.group(1))
          .forEach(told::add);
    }

    assertThat(told).isEqualTo(all().getSubcommands().keySet());
  }

  @Test
  void exitCodesAreThoseOfTheHelp() throws IOException {
    Map<String, String> codes =
        CODE.matcher(Files.readString(PAGE))
            .results()
            .collect(Collectors.toMap(one -> one.group(1), (MatchResult one) -> one.group(2)));

    assertThat(codes).isEqualTo(all().getCommandSpec().usageMessage().exitCodeList());
  }

  @Test
  void whatAnswersInJsonIsSaid() throws IOException {
    Set<String> able =
        all().getSubcommands().entrySet().stream()
            .filter(one -> one.getValue().getCommandSpec().findOption("--json") != null)
            .map(Map.Entry::getKey)
            .filter(name -> !name.equals("bench"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> told =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.equals("## For programs"))
            .takeWhile(line -> !line.equals("## Exit codes"))
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> WORD.matcher(line.split("\\|", -1)[1]).results())
            .map(word -> word.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(told).isEqualTo(able);
  }
}
