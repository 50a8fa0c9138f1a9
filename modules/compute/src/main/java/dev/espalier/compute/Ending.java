package dev.espalier.compute;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Result;
import java.util.Optional;

/** How the work on a task ended. */
public sealed interface Ending {
  /**
   * The task is done.
   *
   * @param result what it found
   * @param numerics what its bits depend on
   * @param cost what it took, earlier attempts that it resumed included
   */
  record Done(Result result, Numerics numerics, Cost cost) implements Ending {}

  /**
   * Something is wrong with the task.
   *
   * @param failure what
   */
  record Wrong(Failure failure) implements Ending {}

  /**
   * The observer asked for a stop.
   *
   * @param checkpoint the artifact that the work can be resumed from; absent when none was reached,
   *     or the store did not take it
   */
  record Stopped(Optional<Digest> checkpoint) implements Ending {}
}
