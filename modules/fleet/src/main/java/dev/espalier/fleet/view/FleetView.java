package dev.espalier.fleet.view;

import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import java.time.Instant;
import java.util.List;

/**
 * Who works on what at a moment, and what waits.
 *
 * @param version how many events it is made of
 * @param workers the processes that work, by name; one that waits for work says nothing on the log
 * @param backlog the released tasks, one entry a kind
 * @param imagesPerSecond training images a second, of all workers together
 */
public record FleetView(
    long version, List<WorkerView> workers, List<Backlog> backlog, double imagesPerSecond) {
  /**
   * A process that works.
   *
   * @param worker its name
   * @param slots those of its slots that work
   * @param imagesPerSecond training images a second, of its slots together
   */
  public record WorkerView(String worker, List<SlotView> slots, double imagesPerSecond) {
    /** Copies the slots. */
    public WorkerView {
      slots = List.copyOf(slots);
    }
  }

  /**
   * A slot that works.
   *
   * @param slot its name
   * @param task what it works on
   * @param title the same in words
   * @param kind of the task
   * @param heard when it last said so
   * @param progress how far that is
   */
  public record SlotView(
      String slot, TaskId task, String title, TaskKind kind, Instant heard, Progress progress) {}

  /**
   * What there is to do.
   *
   * @param pool the workers that it is for
   * @param kind the kind of its tasks
   * @param waiting released tasks that nobody works on
   * @param running tasks with an attempt at work
   */
  public record Backlog(String pool, TaskKind kind, int waiting, int running) {}

  /** Copies the lists. */
  public FleetView {
    workers = List.copyOf(workers);
    backlog = List.copyOf(backlog);
  }
}
