package dev.espalier.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.wire.NamedStudy;
import dev.espalier.wire.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages at the top of the repository say must be there. */
class ReadmeTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)[^)]*\\)");
  private static final Pattern FENCE = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");

  static Stream<Path> pages() {
    return Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    List<String> targets = matches(LINK, page).map(link -> link.group(1)).toList();

    assertThat(targets).allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
  }

  @Test
  void theReadmeLinksToTheCode() throws IOException {
    assertThat(matches(LINK, ROOT.resolve("README.md")).map(link -> link.group(1)))
        .filteredOn(target -> target.endsWith(".java"))
        .hasSizeGreaterThan(5);
  }

  @Test
  void studiesInTheReadmeAreStudies() throws IOException {
    List<String> studies =
        matches(FENCE, ROOT.resolve("README.md"))
            .filter(fence -> fence.group(1).equals("yaml"))
            .map(fence -> fence.group(2))
            .toList();

    assertThat(studies).isNotEmpty().allSatisfy(yaml -> assertThat(parsed(yaml)).isNotNull());
  }

  /** A fence that describes a network is tried in a study that names it. */
  private static NamedStudy parsed(String yaml) {
    return yaml.startsWith("layers:")
        ? StudyFile.parse(
            "{data: glyphs, network: own.yaml, training: {epochs: 2}, pruning: {rounds: 1}}",
            "README.md",
            file -> Optional.of(yaml))
        : StudyFile.parse(yaml, "README.md");
  }

  @Test
  void everyFileThatACommandOfTheReadmeNamesIsThere() throws IOException {
    List<String> files =
        matches(FENCE, ROOT.resolve("README.md"))
            .flatMap(fence -> fence.group(2).lines())
            .filter(line -> line.startsWith("./espalier "))
            .flatMap(line -> Stream.of(line.split("\\s+")))
            .filter(word -> word.startsWith("./") || word.endsWith(".yaml"))
            .toList();

    assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
  }

  @Test
  void theReadmeNamesEveryDataSetAndEveryWayToVaryAnImage() throws IOException {
    String schemas = "modules/wire/src/main/resources/dev/espalier/wire/schemas/";
    JsonNode definitions =
        new JsonMapper()
            .readTree(ROOT.resolve(schemas + "definitions.schema.json").toFile())
            .get("$defs");
    List<String> words = new ArrayList<>();
    definitions.at("/dataName/enum").forEach(name -> words.add(name.asText()));
    definitions.at("/augmentation/properties").fieldNames().forEachRemaining(words::add);
    String readme = Files.readString(ROOT.resolve("README.md"));

    assertThat(words)
        .hasSizeGreaterThan(10)
        .allSatisfy(word -> assertThat(readme).contains("`" + word + "`"));
  }

  private static Stream<MatchResult> matches(Pattern pattern, Path page) throws IOException {
    return pattern.matcher(Files.readString(page)).results();
  }
}
