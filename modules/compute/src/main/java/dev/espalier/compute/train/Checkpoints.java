package dev.espalier.compute.train;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkpoints of one run: the newest, and those before it until everybody knows the newest. */
final class Checkpoints {
  private final TaskId task;
  private final Keeping keeping;
  private final Watcher watcher;
  private final List<Digest> superseded = new ArrayList<>();
  private Optional<Digest> newest;
  private Instant kept;

  /**
   * The checkpoints of a run.
   *
   * @param resumed what the run goes on from; empty when it begins
   */
  Checkpoints(TaskId task, Keeping keeping, Optional<Digest> resumed, Watcher watcher) {
    this.task = task;
    this.keeping = keeping;
    this.watcher = watcher;
    this.newest = resumed;
    this.kept = keeping.clock().instant();
  }

  /** Whether it is time for the next. */
  boolean due() {
    return !keeping.clock().instant().isBefore(kept.plus(keeping.every()));
  }

  /** Keeps what {@code parameters} hold at {@code position}. */
  Digest keep(Position position, Parameters parameters) {
    Digest digest = keeping.artifacts().put(Checkpoint.of(task, position, parameters).bytes());
    kept = keeping.clock().instant();
    newest.filter(before -> !before.equals(digest)).ifPresent(superseded::add);
    newest = Optional.of(digest);
    if (watcher.checkpointed(digest)) {
      superseded.forEach(keeping.artifacts()::delete);
      superseded.clear();
    }
    return digest;
  }
}
