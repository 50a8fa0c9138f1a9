package dev.espalier.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process that puts artifacts and is killed in the midst of it. */
class KilledWriterTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void everyFileOfAKilledWriterIsWhole(int puts) throws Exception {
    List<Digest> told = tellingUntilKilled(puts);

    ArtifactStore store = FileArtifacts.in(folder);
    assertThat(told).hasSizeGreaterThanOrEqualTo(puts);
    assertThat(told).allMatch(digest -> store.get(digest).isPresent());
    assertThat(ArtifactsContract.sizes(store).keySet())
        .allMatch(digest -> store.get(digest).isPresent());
    assertThat(folder.resolve("quarantine")).isEmptyDirectory();
  }

  /** What the writer said it had put when it was killed, which is {@code puts} at least. */
  private List<Digest> tellingUntilKilled(int puts) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Digest> told = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      while (told.size() < puts) {
        told.add(Digest.parse(String.valueOf(lines.readLine())));
      }
    } finally {
      writer.destroyForcibly().waitFor(); // SIGKILL
    }
    return told;
  }
}
