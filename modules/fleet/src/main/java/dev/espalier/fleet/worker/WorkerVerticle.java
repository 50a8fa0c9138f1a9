package dev.espalier.fleet.worker;

import dev.espalier.fleet.loop.Loop;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Delivery;
import dev.espalier.kafka.Intake;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topic;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One slot: takes one task at a time and has it worked on, on a thread of its own. A second thread
 * owns the intake, so that a task is renewed and heard of while it is worked on.
 *
 * <p>Stopped, it takes nothing more and asks the task under way to stop at its next step; its
 * checkpoint and the word <em>preempted</em> are on the log before it goes.
 */
public final class WorkerVerticle extends VerticleBase implements Pulse {
  private final Connection connection;
  private final Sharing sharing;
  private final Workshop workshop;
  private final String worker;
  private final Duration grace;
  private final Consumer<Throwable> unwell;
  private final ExecutorService compute;
  private final Journey journey;
  private volatile boolean stopping;
  private volatile Optional<Loop> loop = Optional.empty();

  /**
   * A slot.
   *
   * @param worker the name that it claims tasks under; no other process may ever use it
   * @param grace how long a task may take to reach a checkpoint when the slot stops
   * @param unwell told when it cannot go on
   */
  public WorkerVerticle(
      Connection connection,
      Sharing sharing,
      Workshop workshop,
      String worker,
      Duration grace,
      Consumer<Throwable> unwell) {
    this.connection = connection;
    this.sharing = sharing;
    this.workshop = workshop;
    this.worker = worker;
    this.grace = grace;
    this.unwell = unwell;
    this.compute =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("compute " + worker).daemon().factory());
    this.journey = new Journey(workshop, worker, () -> stopping);
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(
        () -> {
          Intake intake = Intake.open(connection, Topic.TASKS, sharing, new Handling());
          workshop.clients().add(worker, intake::metrics);
          loop = Optional.of(Loop.start("intake " + worker, new Taking(intake), unwell));
          return worker;
        },
        false);
  }

  /** Hands deliveries to the compute thread. */
  private final class Handling implements Intake.Handler {
    @Override
    public CompletionStage<?> begin(Delivery delivery) {
      return CompletableFuture.runAsync(() -> journey.travel(delivery), compute);
    }

    @Override
    public boolean beforeRenewal(Delivery delivery) {
      return journey.heartbeat();
    }
  }

  /** Steps until it is asked to stop and the task under way, if any, is over. */
  private final class Taking implements Loop.Turns {
    private final Intake intake;

    private Taking(Intake intake) {
      this.intake = intake;
    }

    @Override
    public boolean turn() {
      if (stopping && !intake.busy()) {
        return false;
      }
      intake.step();
      return true;
    }

    @Override
    public void end() {
      workshop.clients().remove(worker);
      intake.close();
    }
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return vertx.executeBlocking(
        () -> {
          loop.ifPresent(this::end);
          compute.shutdownNow();
          return worker;
        },
        false);
  }

  private void end(Loop taking) {
    if (!taking.awaitEnd(grace)) {
      taking.close();
    }
  }

  @Override
  public String title() {
    return "worker " + worker;
  }

  @Override
  public boolean lives() {
    return loop.filter(Loop::lives).isPresent();
  }

  @Override
  public boolean isReady() {
    return loop.filter(Loop::isWell).isPresent() && lives() && !stopping;
  }
}
