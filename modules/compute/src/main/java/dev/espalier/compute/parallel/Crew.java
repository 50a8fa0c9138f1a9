package dev.espalier.compute.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The threads of one slot: whoever calls {@link #run}, and helpers that wait for work, first
 * spinning, then parked. Handing work over allocates nothing. Used by one caller at a time.
 */
public final class Crew implements AutoCloseable {
  private static final int SPINS = 500; // few: OpenMP's threads want the same cores next

  private final List<Thread> helpers = new ArrayList<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private IntConsumer work = Crew::nothing;
  private final AtomicInteger round = new AtomicInteger();
  private volatile boolean closed;
  private volatile Thread caller = Thread.currentThread();

  private Crew(int threads) {
    for (int part = 1; part < threads; part++) {
      int own = part;
      helpers.add(Thread.ofPlatform().daemon().name("crew-" + part).start(() -> help(own)));
    }
  }

  /**
   * A crew of {@code threads}, the caller counted.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Crew of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, got " + threads);
    }
    return new Crew(threads);
  }

  private static void nothing(int part) {}

  /** The number of threads, the caller counted. */
  public int size() {
    return helpers.size() + 1;
  }

  /**
   * Does {@code part} for every number from 0 to {@link #size} − 1, each on a thread of its own, 0
   * on the caller's, and returns when all are done.
   *
   * @throws IllegalStateException when the crew is closed, or one part failed, with what it threw
   */
  public void run(IntConsumer part) {
    if (closed) {
      throw new IllegalStateException("expected an open crew, it is closed");
    }
    if (helpers.isEmpty()) {
      part.accept(0);
      return;
    }
    caller = Thread.currentThread();
    work = part;
    unfinished.set(helpers.size());
    round.incrementAndGet(); // publishes the work: helpers read it after they have seen the round
    helpers.forEach(LockSupport::unpark);
    try {
      part.accept(0);
    } finally {
      await();
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException("expected every part to be done, one failed", thrown);
    }
  }

  /**
   * What {@code work} makes of each of {@code items}, in their order; the threads share the items.
   *
   * @throws IllegalStateException when the crew is closed, or {@code work} failed, with what it
   *     threw
   */
  public <T, R> List<R> map(List<T> items, Function<T, R> work) {
    AtomicReferenceArray<R> results = new AtomicReferenceArray<>(items.size());
    AtomicInteger next = new AtomicInteger();
    run(
        part -> {
          for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            results.set(i, work.apply(items.get(i)));
          }
        });
    return IntStream.range(0, items.size()).mapToObj(results::get).toList();
  }

  private void await() {
    for (int spins = 0; unfinished.get() > 0; spins++) {
      rest(spins);
    }
  }

  private void help(int part) {
    int seen = 0;
    for (int spins = 0; !closed; spins++) {
      if (round.get() == seen) {
        rest(spins);
        continue;
      }
      seen = round.get();
      spins = 0;
      try {
        work.accept(part);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
      if (unfinished.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  private void rest(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }

  /** Lets the helpers go; work that runs is finished first. */
  @Override
  public void close() {
    closed = true;
    helpers.forEach(LockSupport::unpark);
  }
}
