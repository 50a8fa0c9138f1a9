package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.ArtifactsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArtifactsTest extends ArtifactsContract {
  @TempDir private Path folder;

  @Override
  ArtifactStore open() {
    return FileArtifacts.in(folder);
  }

  @Override
  void damage(Digest digest, byte[] bytes) {
    try {
      Files.write(file(digest), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theFileIsNamedByItsDigest() {
    open().put(BYTES);

    assertThat(file(DIGEST)).hasBinaryContent(BYTES);
  }

  @Test
  void whatIsPutAgainIsYoungAgain() throws IOException {
    open().put(BYTES);
    Files.setLastModifiedTime(file(DIGEST), FileTime.from(Instant.EPOCH));
    Instant now = Instant.parse("2026-01-02T03:04:05Z");

    FileArtifacts.in(folder, () -> now).put(BYTES);

    assertThat(Files.getLastModifiedTime(file(DIGEST)).toInstant()).isEqualTo(now);
  }

  // Each round ends with a put that has returned: nothing that came meanwhile may undo it.
  @Test
  void whatIsPutWhileItIsCollectedIsThereAfterwards() throws Exception {
    ArtifactStore store = open();
    Instant before = Instant.now().minus(Duration.ofHours(1));
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < 100; round++) {
        store.put(BYTES);
        Files.setLastModifiedTime(file(DIGEST), FileTime.from(Instant.EPOCH));
        List<Callable<Object>> together =
            List.of(
                () -> store.put(BYTES),
                () -> store.collect(DIGEST, before),
                () -> store.collect(DIGEST, before));

        for (Future<Object> done : threads.invokeAll(together)) {
          done.get();
        }

        assertThat(store.get(DIGEST)).hasValue(BYTES);
      }
    }
  }

  @Test
  void whatDoesNotMatchItsNameIsMovedToQuarantine() {
    open().put(BYTES);
    byte[] wrong = bytes(9);
    damage(DIGEST, wrong);

    assertThat(open().get(DIGEST)).isEmpty();

    assertThat(file(DIGEST)).doesNotExist();
    assertThat(folder.resolve("quarantine").resolve(DIGEST.hex())).hasBinaryContent(wrong);
    assertThat(sizes(open())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverACrashLeavesNothingThatIsWrongIsRead(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = bytes(1 + random.nextInt(5000));
    Digest digest = open().put(bytes);
    // Halves under the names of unfinished puts, aside, and under the artifact's own name.
    byte[] half = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    Files.write(folder.resolve("incoming").resolve("half"), half);
    Files.write(folder.resolve("aside").resolve(digest.hex() + ".1"), half);
    byte[] garbled = bytes.clone();
    garbled[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    damage(digest, random.nextBoolean() ? half : garbled);

    assertThat(open().get(digest)).isEmpty();
    assertThat(open().put(bytes)).isEqualTo(digest);
    assertThat(open().get(digest)).hasValue(bytes);
    assertThat(sizes(open())).containsOnlyKeys(digest);
  }

  @Test
  void whatWasTakenAsideReturnsWithTheNextOpening() throws IOException {
    open().put(BYTES);
    Files.move(file(DIGEST), folder.resolve("aside").resolve(DIGEST.hex() + ".1"));

    assertThat(open().get(DIGEST)).hasValue(BYTES);
    assertThat(folder.resolve("aside")).isEmptyDirectory();
  }

  @Test
  void whatReturnsReplacesNothing() throws IOException {
    open().put(BYTES);
    Files.write(folder.resolve("aside").resolve(DIGEST.hex() + ".1"), bytes(3));

    assertThat(open().get(DIGEST)).hasValue(BYTES);
    assertThat(folder.resolve("aside")).isEmptyDirectory();
  }

  @Test
  void whatACrashLeftHalfWrittenIsClearedAway() throws IOException {
    ArtifactStore opened = open();
    Path old = Files.write(incoming().resolve("old"), BYTES);
    Path fresh = Files.write(incoming().resolve("fresh"), BYTES);
    Instant now = Instant.now();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofMinutes(61))));

    FileArtifacts.in(folder, () -> now);

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(opened.get(DIGEST)).isEmpty();
  }

  @Test
  void nothingIsLeftBesideWhatWasPut() {
    open().put(BYTES);

    assertThat(incoming()).isEmptyDirectory();
    assertThat(folder.resolve("aside")).isEmptyDirectory();
    assertThat(folder.resolve("quarantine")).isEmptyDirectory();
  }

  @Test
  void whatIsNoArtifactIsNotListed() throws IOException {
    open().put(BYTES);
    Files.write(file(DIGEST).resolveSibling("notes.txt"), BYTES);

    assertThat(sizes(open())).containsOnlyKeys(DIGEST);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("file"), BYTES);

    assertThatThrownBy(() -> FileArtifacts.in(file.resolve("artifacts")))
        .isInstanceOf(ArtifactsException.Refused.class)
        .hasMessageContaining(file.toString());
  }

  private Path file(Digest digest) {
    return folder.resolve("sha256").resolve(Names.folder(digest)).resolve(Names.file(digest));
  }

  private Path incoming() {
    return folder.resolve("incoming");
  }
}
