package dev.espalier.domain.event;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.TaskId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which artifacts the log names: what somebody may still ask the store for. */
public final class Reachable {
  private final Set<Digest> digests = new TreeSet<>();

  private Reachable() {}

  /**
   * What {@code standings} name: what results left, masks and their parents, and the newest
   * checkpoint of each task that is not completed. A checkpoint of the first round names W_k too,
   * but in its own bytes only.
   */
  public static Set<Digest> in(Standings standings) {
    Reachable reachable = new Reachable();
    standings.tasks().values().forEach(reachable::add);
    return reachable.digests;
  }

  /** The newest checkpoint of each task that is not completed and has one. */
  public static Map<TaskId, Digest> checkpointsIn(Standings standings) {
    Map<TaskId, Digest> checkpoints = new TreeMap<>(Comparator.comparing(TaskId::digest));
    standings
        .tasks()
        .forEach((id, task) -> checkpoint(task).ifPresent(digest -> checkpoints.put(id, digest)));
    return checkpoints;
  }

  private static Optional<Digest> checkpoint(TaskStanding task) {
    return task.result().isPresent()
        ? Optional.empty()
        : task.attempt().flatMap(AttemptReported::checkpoint);
  }

  private void add(TaskStanding task) {
    task.mask().ifPresent(mask -> add(mask.summary()));
    task.result().ifPresent(this::add);
    checkpoint(task).ifPresent(digests::add);
  }

  private void add(Result result) {
    switch (result) {
      case Result.Pruned pruned -> {
        add(pruned.mask());
        digests.add(pruned.trained());
        digests.add(pruned.rewind());
      }
      case Result.Scored scored -> digests.add(scored.evidence());
      case Result.Evaluated evaluated -> {}
    }
  }

  private void add(MaskSummary mask) {
    digests.add(mask.digest());
    mask.parent().ifPresent(digests::add);
  }
}
