package dev.espalier.compute.train;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.domain.task.Failure;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store for one piece of work, which waits while the store is out of reach or full rather than
 * lose what has been computed: until the store can be used, or the work is to stop. What only a
 * person can mend is not waited for.
 */
public final class PatientArtifacts implements Artifacts {
  private static final Logger LOG = LoggerFactory.getLogger(PatientArtifacts.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100); // doubled with each try
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Artifacts store;
  private final Watcher watcher;

  /**
   * The store, for work that {@code watcher} watches.
   *
   * @param watcher told while the work waits, and asked whether it is to stop
   */
  public PatientArtifacts(Artifacts store, Watcher watcher) {
    this.store = store;
    this.watcher = watcher;
  }

  @Override
  public Digest put(byte[] bytes) {
    return waiting(() -> store.put(bytes));
  }

  @Override
  public Digest put(List<MemorySegment> parts) {
    return waiting(() -> store.put(parts));
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    return waiting(() -> store.get(digest));
  }

  @Override
  public <T> Optional<T> read(Digest digest, Function<MemorySegment, T> reader) {
    return waiting(() -> store.read(digest, reader));
  }

  @Override
  public void delete(Digest digest) {
    waiting(
        () -> {
          store.delete(digest);
          return digest;
        });
  }

  private <T> T waiting(Supplier<T> use) {
    Duration next = FIRST_PAUSE;
    for (boolean waited = false; ; waited = true) {
      try {
        T found = use.get();
        if (waited) {
          watcher.waiting(Optional.empty());
        }
        return found;
      } catch (ArtifactsException.Unreachable | ArtifactsException.Full e) {
        next = waitFor(next, e);
      }
    }
  }

  /** Waits, and says how long to wait the next time. */
  private Duration waitFor(Duration time, ArtifactsException trouble) {
    LOG.atWarn()
        .addKeyValue("reason", trouble.getMessage())
        .addKeyValue("milliseconds", time.toMillis())
        .log("the store cannot be used, the work waits");
    watcher.waiting(Optional.of(Failure.StoreUnreachable.of(trouble)));
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (watcher.stopRequested()) {
        throw trouble;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    Duration doubled = time.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
