package dev.espalier.compute.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.random.Draws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class FeedTest {
  private static Feed open(long first, long end, int threads, Source source) {
    return Feed.open(new Feed.Range(first, end), threads, () -> new Batch(2, 3), () -> source);
  }

  /** Batch n: two inputs of draws that n names, answered by n and n + 1. */
  private static void fill(long number, Batch batch) {
    Draws draws = Draws.of(1, "feed", number);
    for (int spin = draws.below(20_000); spin > 0; spin--) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < 2; i++) {
      for (int value = 0; value < 3; value++) {
        batch.inputs()[batch.end() + value] = (float) draws.unit();
      }
      batch.add((int) number + i);
    }
  }

  private static List<List<Float>> take(Feed feed, int count) {
    List<List<Float>> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(
          feed.next(
              batch -> {
                List<Float> values = new ArrayList<>();
                for (float value : batch.inputs()) {
                  values.add(value);
                }
                values.add((float) batch.answers()[0]);
                return values;
              }));
    }
    return taken;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void batchesDoNotDependOnTheNumberOfThreads(int threads) {
    try (Feed one = open(0, 200, 1, FeedTest::fill);
        Feed several = open(0, 200, threads, FeedTest::fill)) {
      assertThat(take(several, 200)).isEqualTo(take(one, 200));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "3, 117"})
  void aFeedBeginsWhereItIsAskedTo(int threads, long first) {
    try (Feed feed = open(first, first + 2, threads, FeedTest::fill)) {
      assertThat(take(feed, 2))
          .extracting(List::getLast)
          .containsExactly((float) first, first + 1f);
      assertThatThrownBy(() -> take(feed, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("expected a batch before %d, there is none".formatted(first + 2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void whatKeepsABatchFromBeingFilledIsThrownInItsPlace(int threads) {
    Source failing =
        (number, batch) -> {
          if (number >= 6) {
            throw new IllegalArgumentException("batch " + number);
          }
          fill(number, batch);
        };
    try (Feed feed = open(0, 100, threads, failing)) {
      assertThat(take(feed, 6)).hasSize(6);
      assertThatThrownBy(() -> take(feed, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("batch 6");
    }
  }

  @Test
  void anErrorIsThrownToo() {
    Source failing =
        (number, batch) -> {
          throw new OutOfMemoryError("no room");
        };
    try (Feed feed = open(0, 1, 1, failing)) {
      assertThatThrownBy(() -> take(feed, 1)).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void threadsRunAheadNoFurtherThanTheRing() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(3);
    Source counting =
        (number, batch) -> {
          begun.incrementAndGet();
          full.countDown();
          fill(number, batch);
        };
    Feed feed = open(0, 1_000, 2, counting);
    full.await();
    feed.close();

    assertThat(begun).hasValue(3);
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(2);
    Source noting =
        (number, batch) -> {
          synchronized (threads) {
            threads.add(Thread.currentThread());
          }
          begun.countDown();
          fill(number, batch);
        };
    Feed feed = open(0, 1_000_000, 2, noting);
    begun.await();
    feed.close();

    assertThat(threads).isNotEmpty().allMatch(FeedTest::ends);
    assertThatThrownBy(() -> take(feed, 1)).isInstanceOf(IllegalStateException.class);
  }

  private static boolean ends(Thread thread) {
    try {
      return thread.join(Duration.ofMinutes(2));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
