package dev.espalier.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.store.FileArtifacts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault that never happens would be survived by anybody. */
class SpoilerTest {
  @TempDir private Path folder;

  @Test
  void whatIsDamagedIsNotThereAnyMore() throws IOException {
    try (FileArtifacts artifacts = FileArtifacts.in(folder)) {
      Digest spoilt = artifacts.put(new byte[] {1, 2, 3});
      Digest other = artifacts.put(new byte[] {4, 5, 6});

      assertThat(Spoiler.damage(folder, spoilt)).isTrue();
      assertThat(artifacts.get(spoilt)).isEmpty();
      assertThat(artifacts.get(other)).contains(new byte[] {4, 5, 6});
      assertThat(Spoiler.damage(folder, Digest.of(new byte[] {7}))).isFalse();
    }
  }
}
