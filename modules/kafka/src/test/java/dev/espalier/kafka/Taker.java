package dev.espalier.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A worker's intake on a thread of its own, and what it was handed. */
final class Taker implements Intake.Handler, AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final List<Delivery> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger renewals = new AtomicInteger();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Function<Delivery, CompletionStage<?>> work;
  private final Intake intake;
  private volatile boolean open = true;

  private Taker(Connection log, Sharing sharing, Function<Delivery, CompletionStage<?>> work) {
    this.work = work;
    this.intake = Intake.open(log, Topic.TASKS, sharing, this);
  }

  /** One that does {@code work} with what it is handed. */
  static Taker of(Connection log, Function<Delivery, CompletionStage<?>> work) {
    return of(log, SharedBroker.LONG, work);
  }

  /** The same of tasks that are shared out by {@code sharing}. */
  static Taker of(Connection log, Sharing sharing, Function<Delivery, CompletionStage<?>> work) {
    Taker taker = new Taker(log, sharing, work);
    Thread.ofPlatform().start(taker::run);
    return taker;
  }

  /** One whose work is over at once. */
  static Taker quick(Connection log) {
    return of(log, delivery -> CompletableFuture.completedStage(delivery));
  }

  private void run() {
    try (intake) {
      while (open) {
        intake.step();
      }
      end.complete("in peace");
    } catch (IllegalStateException e) {
      end.complete(e.toString());
    }
  }

  @Override
  public CompletionStage<?> begin(Delivery delivery) {
    taken.add(delivery);
    return work.apply(delivery);
  }

  @Override
  public boolean beforeRenewal(Delivery delivery) {
    renewals.incrementAndGet();
    return true;
  }

  List<Delivery> taken() {
    return List.copyOf(taken);
  }

  int renewals() {
    return renewals.get();
  }

  void awaitTaken(int count) {
    Waiting.until(() -> taken.size() >= count, LIMIT, count + " tasks to be taken");
  }

  /** How its thread ended, waiting for that. */
  String end() {
    return Waiting.get(end, "the taker to end");
  }

  @Override
  public void close() {
    open = false;
    intake.wake();
    end();
  }
}
