package dev.espalier.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.wire.TriggersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about triggers says what is true of them. */
class TriggersPageTest {
  private static final Path PAGE = Path.of("../../src/site/triggers.md");
  private static final Pattern FENCE = Pattern.compile("(?s)```yaml\\n(.*?)```");

  @Test
  void itsFilesAreTriggers() throws IOException {
    List<Triggers> files =
        FENCE
            .matcher(Files.readString(PAGE))
            .results()
            .map(fence -> TriggersFile.parse(fence.group(1), "the page", _ -> Optional.empty()))
            .map(Triggers::of)
            .toList();

    assertThat(files).hasSize(3);
  }
}
