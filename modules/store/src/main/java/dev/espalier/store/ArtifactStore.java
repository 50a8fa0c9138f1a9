package dev.espalier.store;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import java.time.Instant;
import java.util.function.Consumer;

/** Artifacts that can also be listed and collected. Safe for use by many threads and processes. */
public interface ArtifactStore extends Artifacts, AutoCloseable {
  /**
   * Shows {@code visitor} what is kept, in no particular order; what comes or goes meanwhile, or
   * not.
   */
  void visit(Consumer<Blob> visitor);

  /**
   * Forgets what {@code digest} names unless it was put at {@code before} or later. A put at the
   * same time is not lost: after both, the artifact is there.
   *
   * @return whether it is forgotten now and was not before
   */
  boolean collect(Digest digest, Instant before);

  /** Clears away what puts have left unfinished so long ago that nobody can be at them still. */
  void clearUnfinished();

  @Override
  void close();
}
