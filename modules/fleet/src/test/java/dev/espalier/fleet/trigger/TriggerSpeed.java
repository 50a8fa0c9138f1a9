package dev.espalier.fleet.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.fleet.Fleet;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Decisions;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.NumberedDecision;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of {@code -Dspeed.events} events, {@code -Dspeed.rate} a second, each of which starts a
 * study of its own: posted one by one to a gateway that heeds triggers, with a real broker in the
 * same process. None may be lost, and each starts its study once; says how long that takes.
 */
class TriggerSpeed {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int EVENTS = Integer.getInteger("speed.events", 60_000);
  private static final int RATE = Integer.getInteger("speed.rate", 1_000);
  private static final int CONNECTIONS = 64;
  private static final long SECOND = 1_000_000_000L;
  private static final Triggers TRIGGERS =
      Heeders.triggers(
          """
          triggers:
            - name: storm
              on: {type: org.example.registered, where: "$[?(@.seed >= 0)]"}
              values: {seed: $.data.seed}
              study:
                {data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 3},
                 seeds: ["${seed}"]}
          """);

  @TempDir private Path folder;
  private final AtomicLongArray posted = new AtomicLongArray(EVENTS); // milliseconds
  private final AtomicLongArray answered = new AtomicLongArray(EVENTS);

  @Test
  void aStormOfEventsStartsEachStudyOnce() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
        Heeders heeders = new Heeders(broker.connection(), folder)) {
      Fleet fleet = heeders.start(TRIGGERS);
      long begun = System.nanoTime();
      storm(heeders, fleet);
      double told = seconds(begun);
      List<Decision> decisions = decided(broker.connection());
      double done = seconds(begun);

      check(decisions, heeders.wishes());
      say(decisions, told, done);
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / (double) SECOND;
  }

  /**
   * Each when it is due, as long as there is a connection left; time counts from when it is due.
   */
  private void storm(Heeders heeders, Fleet fleet) {
    CompletableFuture<?>[] answers = new CompletableFuture<?>[EVENTS];
    Semaphore connections = new Semaphore(CONNECTIONS);
    long begun = System.nanoTime();
    long clock = System.currentTimeMillis();
    for (int i = 0; i < EVENTS; i++) {
      long due = begun + i * SECOND / RATE;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      connections.acquireUninterruptibly();
      int number = i;
      posted.set(number, clock + number * 1_000L / RATE);
      answers[number] =
          heeders
              .tell(fleet, Heeders.event("e" + number, number))
              .whenComplete((_, _) -> connections.release())
              .thenAccept(response -> take(number, response));
    }
    CompletableFuture.allOf(answers).join();
  }

  private void take(int number, HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(202);
    answered.set(number, System.currentTimeMillis());
  }

  private static List<Decision> decided(Connection log) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (Decisions decisions = new Decisions(log)) {
      for (int i = 0; i < EVENTS; i++) {
        while (!decisions.isDecided(key(i))) {
          assertThat(System.nanoTime()).as("event %d to be decided", i).isLessThan(end);
          decisions.step(Duration.ofMillis(50));
        }
      }
      decisions.catchUp(LIMIT);
      return decisions.before(Long.MAX_VALUE, 2 * EVENTS, _ -> true).stream()
          .map(NumberedDecision::decision)
          .toList();
    }
  }

  private static Digest key(int number) {
    return new ForeignEvent("/registry", "e" + number, "").key();
  }

  private static void check(List<Decision> decisions, List<StudyWished> wishes) {
    assertThat(decisions.size()).isEqualTo(EVENTS);
    assertThat(decisions.stream().filter(any -> any.effect() instanceof Effect.Started).count())
        .isEqualTo(EVENTS);
    assertThat(wishes.stream().mapToLong(wish -> wish.content().seeds().getFirst()).sorted())
        .containsExactlyElementsOf(LongStream.range(0, EVENTS).boxed().toList());
  }

  private void say(List<Decision> decisions, double told, double done) {
    long[] taken = LongStream.range(0, EVENTS).map(this::takenIn).sorted().toArray();
    long[] started = decisions.stream().mapToLong(this::startedIn).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%d events told in %.1f s (%.0f/s), the last decided after %.1f s; an answer takes %s,"
            + " a study is decided on after %s%n",
        EVENTS,
        told,
        EVENTS / told,
        done,
        percentiles(taken),
        percentiles(started));
  }

  private long takenIn(long number) {
    return answered.get((int) number) - posted.get((int) number);
  }

  private long startedIn(Decision decision) {
    int number = Integer.parseInt(decision.event().orElseThrow().id().substring(1));
    return Duration.between(Instant.ofEpochMilli(posted.get(number)), decision.at()).toMillis();
  }

  private static String percentiles(long[] sorted) {
    return "%d / %d / %d ms (median, 99 of 100, most)"
        .formatted(
            sorted[sorted.length / 2],
            sorted[(int) (sorted.length * 0.99)],
            Arrays.stream(sorted).max().orElse(0));
  }
}
