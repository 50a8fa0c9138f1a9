package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GarbageTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Duration GRACE = Duration.ofHours(5);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatGoesIsUnreachableAndOldAndNothingElse(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ArtifactStore store = open();
    TreeMap<Digest, Long> kept = new TreeMap<>();
    TreeMap<Digest, Long> garbage = new TreeMap<>();
    Set<Digest> reachable = new TreeSet<>();
    for (int size = 0; size < 30; size++) {
      Digest digest = store.put(ArtifactsContract.bytes(size));
      int hours = random.nextInt(11);
      age(digest, Duration.ofHours(hours));
      if (random.nextBoolean()) {
        reachable.add(digest);
      }
      boolean goes = !reachable.contains(digest) && hours > GRACE.toHours();
      (goes ? garbage : kept).put(digest, (long) size);
    }

    Garbage found = Garbage.in(store, reachable, GRACE, () -> NOW);

    assertThat(ArtifactsContract.sizes(store)).hasSize(30);
    assertThat(found.blobs().stream().map(Blob::digest))
        .containsExactlyElementsOf(garbage.keySet());
    assertThat(found.bytes()).isEqualTo(garbage.values().stream().mapToLong(size -> size).sum());
    assertThat(found.collectFrom(store)).isEqualTo(found);
    assertThat(ArtifactsContract.sizes(store)).isEqualTo(kept);
    assertThat(Garbage.in(store, reachable, GRACE, () -> NOW).blobs()).isEmpty();
  }

  @Test
  void whatIsPutAgainAfterItWasFoundStays() throws IOException {
    ArtifactStore store = open();
    Digest again = store.put(ArtifactsContract.bytes(1));
    Digest other = store.put(ArtifactsContract.bytes(2));
    age(again, Duration.ofDays(1));
    age(other, Duration.ofDays(1));
    Garbage found = Garbage.in(store, Set.of(), GRACE, () -> NOW);

    store.put(ArtifactsContract.bytes(1));

    assertThat(found.collectFrom(store).blobs()).extracting(Blob::digest).containsExactly(other);
    assertThat(ArtifactsContract.sizes(store)).containsOnlyKeys(again);
  }

  @Test
  void whatIsGoneAlreadyIsNotCounted() throws IOException {
    ArtifactStore store = open();
    age(store.put(ArtifactsContract.bytes(1)), Duration.ofDays(1));
    Garbage found = Garbage.in(store, Set.of(), GRACE, () -> NOW);

    found.collectFrom(store);

    assertThat(found.collectFrom(store).blobs()).isEmpty();
  }

  @Test
  void aNegativeGraceIsRefused() {
    assertThatThrownBy(() -> Garbage.in(open(), Set.of(), Duration.ofSeconds(-1), () -> NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }

  private ArtifactStore open() {
    return FileArtifacts.in(folder, () -> NOW);
  }

  private void age(Digest digest, Duration age) throws IOException {
    Path file = folder.resolve("sha256").resolve(Names.folder(digest)).resolve(Names.file(digest));
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }
}
