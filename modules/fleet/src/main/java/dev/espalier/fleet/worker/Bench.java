package dev.espalier.fleet.worker;

import dev.espalier.compute.Ending;
import dev.espalier.compute.Observer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.util.Map;
import java.util.Optional;

/** Where tasks are worked on. Used by one thread a slot, several at a time. */
@FunctionalInterface
public interface Bench {
  /**
   * Works on a task on the calling thread until it ends or {@code observer} asks for a stop.
   *
   * @param id its name
   * @param task the work
   * @param parents what its parents found
   * @param checkpoint where an earlier attempt got to; absent when there was none
   * @param observer who watches
   * @throws RuntimeException when this process is unwell
   */
  Ending run(
      TaskId id,
      Task task,
      Map<TaskId, Result> parents,
      Optional<Digest> checkpoint,
      Observer observer);
}
