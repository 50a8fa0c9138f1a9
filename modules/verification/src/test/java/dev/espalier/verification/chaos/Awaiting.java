package dev.espalier.verification.chaos;

import dev.espalier.kafka.LogException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A condition that a busy machine may take long to fulfil. */
@FunctionalInterface
interface Awaiting {
  /** What is done between two looks. */
  @FunctionalInterface
  interface Turn {
    /** Takes a moment. */
    void take() throws IOException;
  }

  /** Whether it is fulfilled now. */
  boolean isFulfilled() throws IOException;

  /**
   * Waits, looking ever again.
   *
   * @param what for, in words
   * @param limit at most so long
   * @param turn what is done between two looks
   * @throws IllegalStateException when it stays unfulfilled
   */
  default void await(String what, Duration limit, Turn turn) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (!isFulfilled()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("expected " + what + " within " + limit);
      }
      turn.take();
    }
  }

  /**
   * What {@code client} finds on a log. On a busy machine a broker may answer too late for a
   * client, so it is asked again.
   *
   * @param limit after how long no more
   */
  static <T> T answer(Supplier<T> client, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        return client.get();
      } catch (LogException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Does nothing for a moment. */
  static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
  }
}
