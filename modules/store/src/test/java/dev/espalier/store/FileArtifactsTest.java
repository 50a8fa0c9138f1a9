package dev.espalier.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArtifactsTest {
  private static final byte[] BYTES = "weights".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.of(BYTES);

  @TempDir private Path folder;
  private FileArtifacts artifacts;

  @BeforeEach
  void open() {
    artifacts = FileArtifacts.in(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1_000_000})
  void whatIsPutIsGot(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);

    Digest digest = artifacts.put(bytes);

    assertThat(digest).isEqualTo(Digest.of(bytes));
    assertThat(artifacts.get(digest)).hasValue(bytes);
    assertThat(FileArtifacts.in(folder).get(digest)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 3_000_000})
  void whatIsPutInPartsIsReadAsOne(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment outside = arena.allocate(Math.max(1, size / 3)).asSlice(0, size / 3);
      outside.copyFrom(MemorySegment.ofArray(bytes).asSlice(0, size / 3));
      MemorySegment rest = MemorySegment.ofArray(bytes).asSlice(size / 3);

      Digest digest = artifacts.put(List.of(outside, rest));

      assertThat(digest).isEqualTo(Digest.of(bytes));
      assertThat(artifacts.get(digest)).hasValue(bytes);
      assertThat(artifacts.read(digest, read -> read.toArray(ValueLayout.JAVA_BYTE)))
          .hasValue(bytes);
    }
  }

  @Test
  void whatIsReadIsCheckedToo() throws IOException {
    assertThat(artifacts.read(DIGEST, MemorySegment::byteSize)).isEmpty();
    artifacts.put(BYTES);
    Files.write(file(), Arrays.copyOf(BYTES, BYTES.length - 1));

    assertThat(artifacts.read(DIGEST, MemorySegment::byteSize)).isEmpty();
  }

  @Test
  void theFileIsNamedByItsDigest() {
    artifacts.put(BYTES);

    assertThat(file()).hasBinaryContent(BYTES);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(artifacts.get(DIGEST)).isEmpty();
  }

  @Test
  void theSameBytesAgainChangeNothing() throws IOException {
    artifacts.put(BYTES);
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(file(), longAgo);

    artifacts.put(BYTES);

    assertThat(Files.getLastModifiedTime(file())).isEqualTo(longAgo);
  }

  @Test
  void aTruncatedFileIsAsIfItWereNotThere() throws IOException {
    artifacts.put(BYTES);
    Files.write(file(), Arrays.copyOf(BYTES, BYTES.length - 1));

    assertThat(artifacts.get(DIGEST)).isEmpty();
  }

  @Test
  void puttingADamagedArtifactAgainMendsIt() throws IOException {
    artifacts.put(BYTES);
    Files.write(file(), new byte[BYTES.length]);

    artifacts.put(BYTES);

    assertThat(artifacts.get(DIGEST)).hasValue(BYTES);
  }

  @Test
  void whatIsDeletedIsGone() {
    artifacts.put(BYTES);

    artifacts.delete(DIGEST);
    artifacts.delete(DIGEST);

    assertThat(artifacts.get(DIGEST)).isEmpty();
  }

  @Test
  void whatACrashLeftHalfWrittenIsClearedAway() throws IOException {
    Path old = Files.write(incoming().resolve("old"), BYTES);
    Path fresh = Files.write(incoming().resolve("fresh"), BYTES);
    Instant now = Instant.now();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofMinutes(61))));

    FileArtifacts opened = FileArtifacts.in(folder, () -> now);

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(opened.get(DIGEST)).isEmpty();
  }

  @Test
  void nothingIsLeftBesideWhatWasPut() {
    artifacts.put(BYTES);

    assertThat(incoming()).isEmptyDirectory();
  }

  @Test
  void manyMayPutAtOnce() throws Exception {
    List<Future<Digest>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = ("artifact " + i % 10).getBytes(UTF_8);
        Callable<Digest> put = () -> FileArtifacts.in(folder).put(bytes);
        puts.add(threads.submit(put));
      }
    }

    for (Future<Digest> put : puts) {
      assertThat(artifacts.get(put.get(10, TimeUnit.SECONDS))).isPresent();
    }
    assertThat(incoming()).isEmptyDirectory();
    try (Stream<Path> files = Files.walk(folder.resolve("sha256"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(10);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("file"), BYTES);

    assertThatThrownBy(() -> FileArtifacts.in(file.resolve("artifacts")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  private Path file() {
    return folder
        .resolve("sha256")
        .resolve(DIGEST.hex().substring(0, 2))
        .resolve(DIGEST.hex().substring(2));
  }

  private Path incoming() {
    return folder.resolve("incoming");
  }
}
