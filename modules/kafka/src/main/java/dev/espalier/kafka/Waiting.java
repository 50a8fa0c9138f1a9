package dev.espalier.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for the log, never for ever. */
final class Waiting {
  /** Longer than any client of Kafka's tries by itself. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * What {@code future} brings.
   *
   * @param expected what is waited for, for the message
   * @throws LogException when it fails, caused by what it failed with
   */
  static <T> T get(Future<T> future, String expected) {
    return get(future, LONGEST, expected);
  }

  /** As above, for no longer than {@code longest}. */
  static <T> T get(Future<T> future, Duration longest, String expected) {
    try {
      return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LogException("expected " + expected, Optional.ofNullable(e.getCause()).orElse(e));
    } catch (TimeoutException e) {
      throw new LogException("expected " + expected + " within " + longest, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Looks until {@code condition} holds.
   *
   * @throws LogException when that takes longer than {@code limit}
   */
  static void until(BooleanSupplier condition, Duration limit, String expected) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        throw new LogException("expected " + expected + " within " + limit);
      }
      aMoment();
    }
  }

  /** Waits a moment before another look. */
  static void aMoment() {
    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
  }

  /** The exception of a thread that was asked to stop while it waited. */
  static LogException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LogException("expected to wait undisturbed for the log", e);
  }
}
