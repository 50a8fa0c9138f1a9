package dev.espalier.compute.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hands out batches one after the other, and has its threads fill those that come next meanwhile:
 * one a thread and one more, after which the threads wait. Which thread fills which batch depends
 * on chance, what is in it does not. Used by one taker.
 */
public final class Feed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long end;
  private final List<Batch> ring = new ArrayList<>(); // batch n is at n mod its size
  private final List<Thread> threads = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition free = lock.newCondition();

  // How far the ring is; guarded by the lock.
  private final long[] ready; // by place: the number of the batch that was filled last
  private long claimed; // the next that a thread fills
  private long taken; // the next that the taker gets
  private boolean closed;
  private long failedAt = Long.MAX_VALUE;
  private Optional<Throwable> failure = Optional.empty();

  private Feed(Range range, int threads, Supplier<Batch> batches) {
    this.end = range.end();
    this.claimed = range.first();
    this.taken = range.first();
    this.ready = new long[threads + 1];
    for (int place = 0; place < ready.length; place++) {
      ready[place] = -1;
      ring.add(batches.get());
    }
  }

  /**
   * Which batches are handed out.
   *
   * @param first the first, from 0
   * @param end the one after the last
   */
  public record Range(long first, long end) {}

  /**
   * A feed whose threads begin at once.
   *
   * @param range which batches
   * @param threads how many fill them, at least 1
   * @param batches makes an empty batch
   * @param sources makes what fills batches, one a thread
   */
  public static Feed open(
      Range range, int threads, Supplier<Batch> batches, Supplier<Source> sources) {
    Feed feed = new Feed(range, threads, batches);
    for (int i = 0; i < threads; i++) {
      Source source = sources.get();
      feed.threads.add(
          Thread.ofPlatform().daemon().name("input-" + i).unstarted(() -> feed.work(source)));
    }
    feed.threads.forEach(Thread::start);
    return feed;
  }

  private void work(Source source) {
    for (long number = claim(); number >= 0; number = claim()) {
      Batch batch = ring.get(place(number));
      batch.clear();
      try {
        source.fill(number, batch);
        deliver(number);
      } catch (RuntimeException | Error e) {
        fail(number, e);
      }
    }
  }

  private int place(long number) {
    return (int) (number % ring.size());
  }

  /** The number of the batch to fill next; below 0 when none is wanted any more. */
  private long claim() {
    lock.lock();
    try {
      while (isWanted(claimed) && claimed - taken >= ring.size()) {
        free.awaitUninterruptibly();
      }
      return isWanted(claimed) ? claimed++ : -1;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted(long number) {
    return !closed && number < end && number < failedAt;
  }

  private void deliver(long number) {
    lock.lock();
    try {
      ready[place(number)] = number;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What comes before the first batch that failed is still filled. */
  private void fail(long number, Throwable thrown) {
    lock.lock();
    try {
      if (number < failedAt) {
        failedAt = number;
        failure = Optional.of(thrown);
      }
      filled.signalAll();
      free.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands the next batch to {@code taker}, waiting until it is filled; afterwards its place is
   * filled anew.
   *
   * @return what the taker gives
   * @throws RuntimeException what kept the batch from being filled
   * @throws IllegalStateException when there are no more batches
   */
  public <T> T next(Function<Batch, T> taker) {
    T result = taker.apply(ring.get(place(await())));
    lock.lock();
    try {
      taken++;
      free.signal();
    } finally {
      lock.unlock();
    }
    return result;
  }

  private long await() {
    lock.lock();
    try {
      if (closed || taken >= end) {
        throw new IllegalStateException("expected a batch before " + end + ", there is none");
      }
      while (ready[place(taken)] != taken && taken < failedAt) {
        filled.awaitUninterruptibly();
      }
      if (taken >= failedAt) {
        throw failed();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private RuntimeException failed() {
    Throwable thrown = failure.orElseThrow();
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  /** Ends the threads, each after the batch that it is filling. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      free.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
