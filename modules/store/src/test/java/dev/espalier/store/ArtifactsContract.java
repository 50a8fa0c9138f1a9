package dev.espalier.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every store. */
abstract class ArtifactsContract {
  static final byte[] BYTES = "weights".getBytes(UTF_8);
  static final Digest DIGEST = Digest.of(BYTES);

  /** The store under test, empty before the test; each call opens it anew. */
  abstract ArtifactStore open();

  /** Puts {@code bytes} under the name of {@code digest}, past the store. */
  abstract void damage(Digest digest, byte[] bytes);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1_000_000})
  void whatIsPutIsGot(int size) {
    byte[] bytes = bytes(size);

    Digest digest = open().put(bytes);

    assertThat(digest).isEqualTo(Digest.of(bytes));
    assertThat(open().get(digest)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 3_000_000})
  void whatIsPutInPartsIsReadAsOne(int size) {
    byte[] bytes = bytes(size);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment outside = arena.allocate(Math.max(1, size / 3)).asSlice(0, size / 3);
      outside.copyFrom(MemorySegment.ofArray(bytes).asSlice(0, size / 3));
      MemorySegment rest = MemorySegment.ofArray(bytes).asSlice(size / 3);

      Digest digest = open().put(List.of(outside, rest));

      assertThat(digest).isEqualTo(Digest.of(bytes));
      assertThat(open().read(digest, read -> read.toArray(ValueLayout.JAVA_BYTE))).hasValue(bytes);
    }
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(open().get(DIGEST)).isEmpty();
    assertThat(open().read(DIGEST, MemorySegment::byteSize)).isEmpty();
  }

  @Test
  void theSameBytesAgainAreOneArtifact() {
    ArtifactStore store = open();

    store.put(BYTES);
    store.put(BYTES);

    assertThat(sizes(store)).containsExactly(Map.entry(DIGEST, (long) BYTES.length));
  }

  @Test
  void whatIsDeletedIsGone() {
    ArtifactStore store = open();
    store.put(BYTES);

    store.delete(DIGEST);
    store.delete(DIGEST);

    assertThat(store.get(DIGEST)).isEmpty();
    assertThat(sizes(store)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 7, 8})
  void whatDoesNotMatchItsNameIsAsIfItWereNotThere(int size) {
    open().put(BYTES);
    damage(DIGEST, bytes(size));

    assertThat(open().read(DIGEST, MemorySegment::byteSize)).isEmpty();
    assertThat(open().get(DIGEST)).isEmpty();
  }

  @Test
  void puttingADamagedArtifactAgainMendsIt() {
    open().put(BYTES);
    damage(DIGEST, new byte[BYTES.length]);

    open().put(BYTES);

    assertThat(open().get(DIGEST)).hasValue(BYTES);
  }

  @Test
  void allThatIsKeptIsListed() {
    ArtifactStore store = open();
    TreeMap<Digest, Long> expected = new TreeMap<>();
    for (int size = 0; size < 20; size++) {
      expected.put(store.put(bytes(size)), (long) size);
    }

    assertThat(sizes(store)).isEqualTo(expected);
  }

  @Test
  void whatIsOldEnoughIsCollectedOnce() {
    ArtifactStore store = open();
    store.put(BYTES);
    Instant later = Instant.now().plus(Duration.ofHours(1));

    assertThat(store.collect(DIGEST, Instant.EPOCH)).isFalse();
    assertThat(store.get(DIGEST)).hasValue(BYTES);
    assertThat(store.collect(DIGEST, later)).isTrue();
    assertThat(store.collect(DIGEST, later)).isFalse();
    assertThat(store.get(DIGEST)).isEmpty();
  }

  @Test
  void manyMayPutAtOnce() throws Exception {
    List<Future<Digest>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        byte[] bytes = ("artifact " + i % 10).getBytes(UTF_8);
        Callable<Digest> put = () -> open().put(bytes);
        puts.add(threads.submit(put));
      }
    }

    ArtifactStore store = open();
    for (Future<Digest> put : puts) {
      assertThat(store.get(put.get(2, TimeUnit.MINUTES))).isPresent();
    }
    assertThat(sizes(store)).hasSize(10);
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return bytes;
  }

  static Map<Digest, Long> sizes(ArtifactStore store) {
    Map<Digest, Long> sizes = new TreeMap<>();
    store.visit(blob -> sizes.put(blob.digest(), blob.size()));
    return sizes;
  }
}
