package dev.espalier.fleet.worker;

import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.kafka.Attempts;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Sharing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What the slots of a process share. Safe for use by many threads. */
public final class Workshop implements AutoCloseable {
  private final Bench bench;
  private final Artifacts artifacts;
  private final Naming naming;
  private final Clock clock;
  private final Attempts attempts;
  private final Parents parents;
  private final WorkerMeters meters;
  private final ClientMeters clients;

  private Workshop(
      Tools tools, Attempts attempts, Parents parents, WorkerMeters meters, ClientMeters clients) {
    this.bench = tools.bench();
    this.artifacts = tools.artifacts();
    this.naming = tools.naming();
    this.clock = tools.clock();
    this.attempts = attempts;
    this.parents = parents;
    this.meters = meters;
    this.clients = clients;
  }

  /**
   * Opens a workshop; blocks until it knows what stands on the log.
   *
   * @param slots how many will share it
   */
  public static Workshop open(
      Connection connection,
      Sharing sharing,
      Tools tools,
      int slots,
      MeterRegistry registry,
      ClientMeters clients) {
    Parents parents = new Parents();
    Attempts attempts = Attempts.open(connection, sharing, tools.clock(), parents::hear);
    clients.add("attempts", attempts::metrics);
    return new Workshop(tools, attempts, parents, new WorkerMeters(registry, slots), clients);
  }

  Bench bench() {
    return bench;
  }

  Artifacts artifacts() {
    return artifacts;
  }

  Naming naming() {
    return naming;
  }

  Clock clock() {
    return clock;
  }

  Attempts attempts() {
    return attempts;
  }

  WorkerMeters meters() {
    return meters;
  }

  ClientMeters clients() {
    return clients;
  }

  /** What the parents of {@code task} found; empty when that stays unknown. */
  Optional<Map<TaskId, Result>> parentsOf(Task task) {
    try {
      return parents.of(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    clients.remove("attempts");
    attempts.close();
  }
}
