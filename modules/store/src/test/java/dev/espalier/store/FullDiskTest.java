package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.ArtifactsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of a megabyte, which only root can mount. */
class FullDiskTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
    assumeTrue(mounted, "this user cannot mount a small file system");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(succeeds("umount", folder.toString())).isTrue();
    }
  }

  @Test
  void aPutThatDoesNotFitSaysSoAndLeavesNothing() throws IOException {
    ArtifactStore store = FileArtifacts.in(folder);
    byte[] large = ArtifactsContract.bytes(2 * MEBIBYTE);

    assertThatThrownBy(() -> store.put(large))
        .isInstanceOf(ArtifactsException.Full.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(Digest.of(large).toString())
        .hasMessageContaining("2,097,152 bytes")
        .hasMessageContaining("bytes left");

    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(ArtifactsContract.sizes(store)).isEmpty();
  }

  @Test
  void aFullStoreStillReadsAndGoesOnWhenThereIsRoom() {
    ArtifactStore store = FileArtifacts.in(folder);
    List<Digest> kept = fill(store);
    byte[] another = ArtifactsContract.bytes(150_000);

    assertThatThrownBy(() -> store.put(another)).isInstanceOf(ArtifactsException.Full.class);
    for (Digest digest : kept) {
      assertThat(FileArtifacts.in(folder).get(digest)).isPresent();
    }

    store.delete(kept.getFirst());
    store.delete(kept.getLast());

    assertThat(store.get(store.put(another))).hasValue(another);
  }

  @Test
  void aDiskThatIsFullBeforeTheStoreIsThereIsNamed() throws IOException {
    try {
      Files.write(folder.resolve("other"), new byte[2 * MEBIBYTE]);
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
    ArtifactStore store = FileArtifacts.in(folder.resolve("store"));

    assertThatThrownBy(() -> store.put(ArtifactsContract.BYTES))
        .isInstanceOf(ArtifactsException.Full.class)
        .hasMessageContaining(" 0 bytes left");
  }

  private static List<Digest> fill(ArtifactStore store) {
    List<Digest> kept = new ArrayList<>();
    for (int size = 100_000; ; size++) {
      try {
        kept.add(store.put(ArtifactsContract.bytes(size)));
      } catch (ArtifactsException.Full full) {
        return kept;
      }
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
