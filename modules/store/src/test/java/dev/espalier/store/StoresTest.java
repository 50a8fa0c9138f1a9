package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
  @TempDir private Path folder;

  @Test
  void aFolderIsNamedByItsPathOrByItsUrl() {
    try (ArtifactStore byPath = Stores.open(folder.toString());
        ArtifactStore byUrl = Stores.open(folder.toUri().toString());
        ArtifactStore bySlash = Stores.open("file:" + folder)) {
      byPath.put(ArtifactsContract.BYTES);

      assertThat(byUrl.get(ArtifactsContract.DIGEST)).hasValue(ArtifactsContract.BYTES);
      assertThat(bySlash.get(ArtifactsContract.DIGEST)).hasValue(ArtifactsContract.BYTES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "gs://nets/a", "http://key:hidden@host/a", "file:a/b"})
  void anotherAddressIsAnsweredWithWhatIsExpected(String address) {
    assertThatThrownBy(() -> Stores.open(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "expected a store in a folder, at file:/FOLDER or at s3://BUCKET/PREFIX, got ")
        .hasMessageNotContaining("hidden");
  }
}
