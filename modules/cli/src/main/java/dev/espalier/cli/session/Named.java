package dev.espalier.cli.session;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Reachable;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.TaskId;
import dev.espalier.wire.safetensors.TensorView;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * All artifacts that somebody may still ask for: what a log names, and what the checkpoints that it
 * names say in their own bytes. So W_k of a training that is under way is among them, for as long
 * as the training may take or be paused.
 *
 * <p>A checkpoint that is gone when it is looked for was superseded meanwhile, or its task is
 * completed: the log is read again, until each task's newest checkpoint was found, or the log still
 * names the one that is gone, from which nobody can go on.
 */
public final class Named {
  private static final int MOST_READINGS = 100;

  private final Artifacts store;
  private final Set<Digest> digests = new TreeSet<>();
  private final Set<TaskId> opened = new HashSet<>();
  private final Map<TaskId, Digest> gone = new HashMap<>();

  private Named(Artifacts store) {
    this.store = store;
  }

  /**
   * What is named now.
   *
   * @param log reads it
   * @param store where checkpoints are opened
   * @throws IllegalStateException when checkpoints are superseded faster than they can be opened
   */
  public static Set<Digest> on(Supplier<Standings> log, Artifacts store) {
    Named named = new Named(store);
    for (int reading = 0; reading < MOST_READINGS; reading++) {
      if (named.take(log.get())) {
        return named.digests;
      }
    }
    throw new IllegalStateException(
        "expected to open the checkpoints that the log names, found others named each of %d times"
            .formatted(MOST_READINGS));
  }

  /** Whether nothing is left to be looked for again. */
  private boolean take(Standings standings) {
    digests.addAll(Reachable.in(standings));
    boolean complete = true;
    for (Map.Entry<TaskId, Digest> entry : Reachable.checkpointsIn(standings).entrySet()) {
      complete &= opened.contains(entry.getKey()) || open(entry.getKey(), entry.getValue());
    }
    return complete;
  }

  /** Whether it was there, or is gone for good. */
  private boolean open(TaskId task, Digest checkpoint) {
    Optional<Set<Digest>> names = store.read(checkpoint, Named::namesIn);
    names.ifPresent(digests::addAll);
    Optional<Digest> before = Optional.ofNullable(gone.put(task, checkpoint));
    boolean settled = names.isPresent() || before.equals(Optional.of(checkpoint));
    if (settled) {
      opened.add(task);
    }
    return settled;
  }

  /** Every digest among the metadata, whatever for; of bytes that are no checkpoint none. */
  private static Set<Digest> namesIn(MemorySegment checkpoint) {
    Set<Digest> names = new HashSet<>();
    try {
      for (String text : TensorView.parse(checkpoint).metadata().values()) {
        digest(text).ifPresent(names::add);
      }
    } catch (IllegalArgumentException e) {
      return Set.of(); // nobody can go on from it
    }
    return names;
  }

  private static Optional<Digest> digest(String text) {
    try {
      return Optional.of(Digest.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
