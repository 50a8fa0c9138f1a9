package dev.espalier.store;

import dev.espalier.domain.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The artifacts that nobody can name any more. Finding them touches nothing.
 *
 * <p>What is put is named on the log only later; so what is younger than a grace period is never
 * garbage, and that has to be longer than it takes until the log names what was put.
 *
 * @param blobs what is unreachable and was put before {@code before}, by name
 * @param before when the grace period began
 */
public record Garbage(List<Blob> blobs, Instant before) {
  /** Copies the list. */
  public Garbage {
    blobs = List.copyOf(blobs);
  }

  /**
   * The garbage of {@code store}.
   *
   * @param reachable what the log names
   * @param grace how old an unreachable artifact has to be
   * @param clock what age is told by
   * @throws IllegalArgumentException when {@code grace} is negative
   */
  public static Garbage in(
      ArtifactStore store, Set<Digest> reachable, Duration grace, InstantSource clock) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("expected a grace period of at least 0, got " + grace);
    }
    Instant before = clock.instant().minus(grace);
    List<Blob> blobs = new ArrayList<>();
    store.visit(
        blob -> {
          if (!reachable.contains(blob.digest()) && blob.touched().isBefore(before)) {
            blobs.add(blob);
          }
        });
    blobs.sort(Comparator.comparing(Blob::digest));
    return new Garbage(blobs, before);
  }

  /** How much room it takes, in bytes. */
  public long bytes() {
    return blobs.stream().mapToLong(Blob::size).sum();
  }

  /**
   * Has {@code store} forget it, but for what was put again since, and what puts left unfinished.
   *
   * @return what is gone
   */
  public Garbage collectFrom(ArtifactStore store) {
    List<Blob> gone = blobs.stream().filter(blob -> store.collect(blob.digest(), before)).toList();
    store.clearUnfinished();
    return new Garbage(gone, before);
  }
}
