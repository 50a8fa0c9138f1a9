package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SharedTest {
  @Test
  void whoComesWhileAnotherAsksGetsTheNextAnswerAndSharesIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    Shared<Integer> shared =
        new Shared<>(
            () -> {
              asked.countDown();
              await(answer);
              return times.incrementAndGet();
            });

    try (ExecutorService people = Executors.newThreadPerTaskExecutor(Thread::new)) {
      Future<Integer> first = people.submit(shared::ask);
      await(asked);
      List<Future<Integer>> others = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        others.add(people.submit(() -> came(threads, shared)));
      }
      Waiting.until(() -> areBlocked(threads, 5), Duration.ofMinutes(1), "five who wait");
      answer.countDown();

      assertThat(first.get()).isEqualTo(1);
      for (Future<Integer> other : others) {
        assertThat(other.get()).isEqualTo(2);
      }
    }
    assertThat(times).hasValue(2);
  }

  private static int came(List<Thread> threads, Shared<Integer> shared) {
    synchronized (threads) {
      threads.add(Thread.currentThread());
    }
    return shared.ask();
  }

  private static boolean areBlocked(List<Thread> threads, int count) {
    synchronized (threads) {
      return threads.size() == count
          && threads.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED);
    }
  }

  @Test
  void noAnswerIsOlderThanItsQuestion() throws Exception {
    AtomicLong clock = new AtomicLong();
    Shared<Long> shared = new Shared<>(clock::incrementAndGet);

    try (ExecutorService people = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<Boolean>> young = new ArrayList<>();
      for (int person = 0; person < 4; person++) {
        young.add(people.submit(() -> areYoung(clock, shared)));
      }
      for (Future<Boolean> each : young) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  private static boolean areYoung(AtomicLong clock, Shared<Long> shared) {
    boolean young = true;
    for (int turn = 0; turn < 10_000; turn++) {
      long before = clock.get();
      young &= shared.ask() > before;
    }
    return young;
  }

  @Test
  void aQuestionThatFailsIsAskedAgain() {
    AtomicInteger times = new AtomicInteger();
    Shared<Integer> shared =
        new Shared<>(
            () -> {
              if (times.incrementAndGet() == 1) {
                throw new LogException("expected an answer");
              }
              return times.get();
            });

    assertThatThrownBy(shared::ask).isInstanceOf(LogException.class);
    assertThat(shared.ask()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
