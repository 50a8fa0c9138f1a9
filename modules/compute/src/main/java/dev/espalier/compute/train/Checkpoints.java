package dev.espalier.compute.train;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.ArtifactsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run: the newest, and those before it until everybody knows the newest. One
 * at a time is written by a thread of its own, while the run goes on; a run that is due for another
 * before that waits.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Checkpoint checkpoint;
  private final Keeping keeping;
  private final Watcher watcher;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("checkpoint").factory());
  private final List<Digest> superseded = new ArrayList<>();
  private Optional<CompletableFuture<Digest>> written = Optional.empty();
  private Optional<Digest> newest;
  private Instant taken;

  /**
   * The checkpoints of a run.
   *
   * @param checkpoint what there is to keep; closed with these
   * @param resumed what the run goes on from; empty when it begins
   */
  Checkpoints(Checkpoint checkpoint, Keeping keeping, Optional<Digest> resumed, Watcher watcher) {
    this.checkpoint = checkpoint;
    this.keeping = keeping;
    this.watcher = watcher;
    this.newest = resumed;
    this.taken = keeping.clock().instant();
  }

  /** Tells of the checkpoint that has been written, and begins the next where it is time. */
  void after(Position position) {
    if (written.filter(CompletableFuture::isDone).isPresent()) {
      announceIfKept();
    }
    if (!keeping.clock().instant().isBefore(taken.plus(keeping.every()))) {
      announceIfKept();
      take(position);
    }
  }

  private void announceIfKept() {
    try {
      announce();
    } catch (ArtifactsException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("a checkpoint could not be kept, the one before stands");
      watcher.troubled("a checkpoint could not be kept: " + e.getMessage());
    }
  }

  /** The newest that the watcher was told of, or that the run went on from. */
  Optional<Digest> newest() {
    return newest;
  }

  /**
   * Keeps {@code position} before anything else happens.
   *
   * @throws ArtifactsException when the store does not take it
   */
  Digest keep(Position position) {
    announceIfKept();
    take(position);
    announce();
    return newest.orElseThrow();
  }

  private void take(Position position) {
    taken = keeping.clock().instant();
    checkpoint.take(position);
    written =
        Optional.of(
            CompletableFuture.supplyAsync(() -> checkpoint.keepIn(keeping.checkpoints()), writer));
  }

  private void announce() {
    if (written.isEmpty()) {
      return;
    }
    CompletableFuture<Digest> last = written.get();
    written = Optional.empty();
    Digest digest = await(last);
    newest.filter(before -> !before.equals(digest)).ifPresent(superseded::add);
    newest = Optional.of(digest);
    if (watcher.checkpointed(digest)) {
      List<Digest> old = List.copyOf(superseded);
      superseded.clear();
      writer.execute(() -> old.forEach(this::delete));
    }
  }

  private static Digest await(CompletableFuture<Digest> written) {
    try {
      return written.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void forget(Digest unheard) {
    if (!newest.equals(Optional.of(unheard))) {
      delete(unheard);
    }
  }

  /** What is left behind is collected some day. */
  private void delete(Digest old) {
    try {
      keeping.checkpoints().delete(old);
    } catch (ArtifactsException e) {
      LOG.atInfo()
          .addKeyValue("checkpoint", old)
          .addKeyValue("reason", e.getMessage())
          .log("a superseded checkpoint was left behind");
    }
  }

  /** Forgets a checkpoint that nobody has been told of, and lets the thread go. */
  @Override
  public void close() {
    written.ifPresent(
        digest -> digest.thenAcceptAsync(this::forget, writer).exceptionally(failure -> null));
    writer.close();
    checkpoint.close();
  }
}
