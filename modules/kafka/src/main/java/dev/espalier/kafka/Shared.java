package dev.espalier.kafka;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A question that many ask at once and one asks for all: who comes while it is being asked gets the
 * next answer, never one to a question that was asked before it came. Safe for use by many threads.
 */
final class Shared<T> {
  private final Supplier<T> asking;
  private final AtomicLong came = new AtomicLong();
  private final Object turn = new Object();
  private Supplier<T> answer =
      () -> {
        throw new IllegalStateException("expected a question first");
      };
  private long answered;

  /** Answers by {@code asking}. */
  Shared(Supplier<T> asking) {
    this.asking = asking;
  }

  /**
   * The answer to a question that was asked since this was called.
   *
   * @throws LogException when there was none: all who waited for it are told
   */
  T ask() {
    long mine = came.incrementAndGet();
    synchronized (turn) {
      if (answered < mine) {
        long all = came.get();
        answer = told();
        answered = all;
      }
      return answer.get();
    }
  }

  private Supplier<T> told() {
    try {
      T fresh = asking.get();
      return () -> fresh;
    } catch (LogException e) {
      return () -> {
        throw e;
      };
    }
  }
}
