package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.event.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {
  @Test
  void everythingIsStillThereAfterARestart(@TempDir Path directory) {
    List<Event> events = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      Topics.ensure(broker.connection(), Sharing.STANDARD);
      events.addAll(write(broker.connection(), 0));
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      Topics.ensure(broker.connection(), Sharing.STANDARD);
      events.addAll(write(broker.connection(), 10));

      assertThat(read(broker.connection())).isEqualTo(events);
      assertThat(completed(broker.connection())).isInstanceOf(Opening.Completed.class);
    }
  }

  /** Ten tasks from {@code first} on, the first of them completed. */
  private static List<Event> write(Connection log, long first) {
    List<Event> tasks = new ArrayList<>();
    try (PlannerLog planner = PlannerLog.open(log)) {
      for (long number = first; number < first + 10; number++) {
        tasks.add(Samples.prune(number));
      }
      assertThat(planner.publish(tasks)).isEqualTo(new Commit.Committed());
      planner.publish(List.of(Samples.completed(Samples.prune(first), 1)));
    }
    return tasks;
  }

  private static List<Event> read(Connection log) {
    Recorded seen = new Recorded();
    try (Follower follower = Follower.open(log, Set.of(Topic.TASKS), seen)) {
      follower.catchUp(Duration.ofMinutes(2));
    }
    return seen.events();
  }

  private static Opening completed(Connection log) {
    try (Attempts attempts = Attempts.open(log, Sharing.STANDARD, Clock.systemUTC())) {
      return attempts.claim(Delivery.of(Samples.prune(0)), "w1");
    }
  }

  @Test
  void aDirectoryInUseIsRefusedAndTellsWhereToJoin(@TempDir Path directory) {
    assertThat(EmbeddedBroker.running(directory)).isEmpty();
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessageContaining(directory.toString());
      assertThat(EmbeddedBroker.running(directory)).contains(broker.connection());
    }
    assertThat(EmbeddedBroker.running(directory)).isEmpty();
  }

  @Test
  void aPortThatIsTakenMeanwhileIsLeftForAnother(@TempDir Path directory) throws IOException {
    int free = EmbeddedBroker.freePort("127.0.0.1");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Queue<Integer> drawn = new ArrayDeque<>(List.of(taken.getLocalPort(), free));

      try (EmbeddedBroker broker =
          EmbeddedBroker.start(
              directory,
              EmbeddedBroker.Listening.LOOPBACK,
              EmbeddedBroker.Extras.NONE,
              host -> drawn.remove())) {
        assertThat(broker.connection().bootstrap()).isEqualTo("127.0.0.1:" + free);
        assertThat(EmbeddedBroker.running(directory)).contains(broker.connection());
      }
    }
  }

  @Test
  void aPortOfAnotherListenerIsLeftForAnother(@TempDir Path directory) throws IOException {
    int other = EmbeddedBroker.freePort("127.0.0.1");
    EmbeddedBroker.Extras extras =
        new EmbeddedBroker.Extras(
            List.of("OTHER://127.0.0.1:" + other),
            Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,OTHER:PLAINTEXT"),
            List.of());
    AtomicInteger draws = new AtomicInteger();

    try (EmbeddedBroker broker =
        EmbeddedBroker.start(
            directory,
            EmbeddedBroker.Listening.LOOPBACK,
            extras,
            host -> draws.incrementAndGet() < 3 ? other : EmbeddedBroker.freePort(host))) {
      assertThat(draws.get()).isGreaterThanOrEqualTo(3);
      assertThat(broker.connection().bootstrap()).isNotEqualTo("127.0.0.1:" + other);
    }
  }

  @Test
  void theAddressOfAProcessThatDiedIsNotBelieved(@TempDir Path directory) throws IOException {
    Process dead = new ProcessBuilder("true").start();
    dead.onExit().join();
    Files.write(
        directory.resolve("address"), List.of("127.0.0.1:9", Long.toString(dead.pid()), "0"));

    assertThat(EmbeddedBroker.running(directory)).isEmpty();
  }

  @Test
  void aStartThatFailsGivesTheDirectoryFree(@TempDir Path directory) throws IOException {
    Path log = Files.createDirectories(directory.resolve("log"));
    Path properties = log.resolve("meta.properties");
    Files.writeString(properties, "version=1\nnode.id=7\n", StandardCharsets.UTF_8);

    assertThatThrownBy(() -> EmbeddedBroker.start(directory))
        .isInstanceOf(LogException.class)
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(() -> EmbeddedBroker.start(directory)).isInstanceOf(LogException.class);
  }
}
