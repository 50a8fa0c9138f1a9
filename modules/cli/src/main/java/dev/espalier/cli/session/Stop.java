package dev.espalier.cli.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether somebody asked this process to leave: Ctrl-C or a polite kill. The process then has a
 * bounded time to leave in an orderly way; what it does not manage is mended at the next start.
 */
public final class Stop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Duration patience;
  private final CompletableFuture<Boolean> requested = new CompletableFuture<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "stop");

  private Stop(Duration patience) {
    this.patience = patience;
  }

  /** Listens to the signals of this process until closed. */
  public static Stop onSignals() {
    return onSignals(PATIENCE);
  }

  /** The same, with so much time to leave in order. */
  public static Stop onSignals(Duration patience) {
    Stop stop = new Stop(patience);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** The Java runtime ends once all its hooks have, so this one waits for the orderly leave. */
  private void askAndWait() {
    requested.complete(true);
    try {
      if (!left.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("espalier: left without an orderly stop; nothing is lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether to leave. */
  boolean requested() {
    return requested.isDone();
  }

  /** Waits until somebody asks this process to leave, or until {@code other} has ended. */
  public void await(CompletableFuture<?> other) {
    CompletableFuture.anyOf(requested, other).join();
  }

  /** Says that everything is closed, and stops listening. */
  @Override
  public void close() {
    left.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The runtime is ending already: the hook runs, and returns now that it need not wait.
    }
  }
}
