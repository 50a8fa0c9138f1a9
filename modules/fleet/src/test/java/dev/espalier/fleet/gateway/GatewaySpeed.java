package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import dev.espalier.store.FileArtifacts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a gateway can take, with a real broker in the same process: how long it takes to read a log
 * of {@code -Dspeed.events} again, how far it is behind while {@code -Dspeed.rate} events a second
 * are written, and how long after its writing a sample reaches readers, of whom there are {@code
 * -Dspeed.readers}, while 2,000 are written a second.
 */
class GatewaySpeed {
  private static final Study STUDY =
      Samples.study(3, LongStream.rangeClosed(1, 200).boxed().toArray(Long[]::new));
  private static final StudyId ID = Samples.NAMING.nameOf(STUDY);
  private static final List<Node> NODES = TaskGraph.of(STUDY, Samples.NAMING).nodes();
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int PART = 5_000;
  private static final int SLOTS = 8;
  private static final int LENGTH = 500;
  private static final double SECOND = 1e9;

  @TempDir private static Path folder;
  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();

  private Fleet gateway(Connection connection) {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    Tools tools =
        new Tools(new QuickBench(store, 1), store, Samples.NAMING, data -> data, Clock.systemUTC());
    return Fleet.start(
        FleetSettings.all(connection).as(Set.of(Role.GATEWAY)), tools, troubles::add);
  }

  /**
   * Eight tasks at a time, each for 500 events: four of five are samples, the others words of
   * attempts.
   */
  private static Event event(long number, Instant at) {
    long turn = number / (SLOTS * LENGTH);
    Node node = NODES.get((int) ((turn * SLOTS + number % SLOTS) % NODES.size()));
    long step = number / SLOTS;
    return step % 5 == 0
        ? new AttemptReported(
            at,
            ID,
            node.id(),
            1,
            "host-1-a/" + number % 8,
            Phase.RUNNING,
            new Progress(step, 100_000, 0, 1, 1_000, 0.5),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMillis(number))
        : new MetricSampled(
            at, ID, node.id(), 1, step, Map.of("train_loss", 0.5, "learning_rate", 0.1));
  }

  /** Whether the last word of every attempt is among those that were read. */
  private static boolean knowsAllWords(Board.View view, long events) {
    return LongStream.range(Math.max(0, events - SLOTS * LENGTH), events)
        .mapToObj(number -> event(number, Instant.EPOCH))
        .filter(AttemptReported.class::isInstance)
        .map(AttemptReported.class::cast)
        .allMatch(
            word ->
                view.standings()
                    .task(word.task())
                    .attempt()
                    .filter(known -> known.progress().step() >= word.progress().step())
                    .isPresent());
  }

  /** What this process took of its processors so far, in ns. */
  private static long processor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static Publisher publisher(Connection connection) {
    Topics.ensure(connection, Sharing.STANDARD);
    Publisher publisher = Publisher.open(connection, "/espalier/speed");
    publisher.publish(new StudyWished(Instant.now(), ID, "a study", STUDY, Wish.RUN));
    return publisher;
  }

  private static void write(Publisher publisher, long from, long to) {
    for (long first = from; first < to; first += PART) {
      Instant now = Instant.now();
      publisher.publish(
          LongStream.range(first, Math.min(to, first + PART))
              .mapToObj(number -> event(number, now))
              .toList());
    }
  }

  @Test
  void aLogIsReadAgainInThisTime() throws InterruptedException {
    long events = Long.getLong("speed.events", 1_000_000);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka-again"))) {
      try (Publisher publisher = publisher(broker.connection())) {
        write(publisher, 0, events);
      }
      for (int turn = 0; turn < Integer.getInteger("speed.turns", 3); turn++) {
        long began = System.nanoTime();
        long processor = processor();
        try (Fleet gateway = gateway(broker.connection())) {
          assertThat(gateway.board().await(view -> knowsAllWords(view, events), LIMIT)).isPresent();
          double states = (System.nanoTime() - began) / SECOND;
          assertThat(gateway.board().await(Board.View::complete, LIMIT)).isPresent();
          double seconds = (System.nanoTime() - began) / SECOND;
          System.out.printf(
              Locale.ROOT,
              "%,d events: where tasks stand is known after %.1f s, all samples after %.1f s, and"
                  + " %.1f s of a processor, the broker's too%n",
              gateway.board().view().version(),
              states,
              seconds,
              (processor() - processor) / SECOND);
        }
      }
    }
    assertThat(troubles).isEmpty();
  }

  @Test
  void eventsAreTakenAsTheyAreWritten() throws InterruptedException {
    int rate = Integer.getInteger("speed.rate", 20_000);
    int seconds = Integer.getInteger("speed.seconds", 20);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka-taken"));
        Publisher publisher = publisher(broker.connection());
        Fleet gateway = gateway(broker.connection())) {
      List<Long> behind = new ArrayList<>();
      long began = System.nanoTime();
      for (int tick = 0; tick < seconds * 10; tick++) {
        write(publisher, (long) tick * rate / 10, (tick + 1L) * rate / 10);
        behind.add((tick + 1L) * rate / 10 - gateway.board().view().version());
        LockSupport.parkNanos(began + (tick + 1) * 100_000_000L - System.nanoTime());
      }
      double written = (double) rate * seconds / ((System.nanoTime() - began) / SECOND);
      System.out.printf(
          Locale.ROOT,
          "%,.0f events a second are written; the gateway is %,d behind after a quarter of the"
              + " time, %,d after half, %,d at the end%n",
          written,
          behind.get(behind.size() / 4),
          behind.get(behind.size() / 2),
          behind.getLast());
    }
    assertThat(troubles).isEmpty();
  }

  @Test
  void aSampleReachesReadersThisLongAfterItWasWritten() throws Exception {
    int rate = Integer.getInteger("speed.samples", 2_000);
    int seconds = Integer.getInteger("speed.seconds", 20);
    int readers = Integer.getInteger("speed.readers", 50);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka-seen"));
        Publisher publisher = publisher(broker.connection());
        Fleet gateway = gateway(broker.connection())) {
      int port = gateway.address().orElseThrow().getPort();
      String address = "/api/events?show=overview,study,metric.sampled&study=" + ID;
      AtomicLong bytes = new AtomicLong();
      List<Socket> sockets = new ArrayList<>();
      for (int reader = 1; reader < readers; reader++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        String request = "GET " + address + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        Thread.ofVirtual().start(() -> drain(socket, bytes));
      }
      List<Double> latencies = Collections.synchronizedList(new ArrayList<>());
      Stream watched = Stream.open(port, address, "");
      watched.awaitOpen();
      Thread.ofPlatform().daemon().start(() -> watch(watched, latencies));
      long began = System.nanoTime();
      for (int tick = 0; tick < seconds * 50; tick++) {
        Instant now = Instant.now();
        publisher.publish(
            LongStream.range((long) tick * rate / 50, (tick + 1L) * rate / 50)
                .mapToObj(number -> sample(number, now))
                .toList());
        LockSupport.parkNanos(began + (tick + 1) * 20_000_000L - System.nanoTime());
      }
      double took = (System.nanoTime() - began) / SECOND;
      List<Double> sorted = latencies.stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%,.0f samples a second to %d readers, %.1f MB a second in all: %d seen, after %.0f ms in"
              + " the median, %.0f ms at 95 %%, %.0f ms at most%n",
          rate * seconds / took,
          readers,
          bytes.get() / took / 1e6,
          sorted.size(),
          sorted.get(sorted.size() / 2),
          sorted.get(sorted.size() * 95 / 100),
          sorted.getLast());
      for (Socket socket : sockets) {
        socket.close();
      }
      watched.close();
    }
    assertThat(troubles).isEmpty();
  }

  private static Event sample(long number, Instant now) {
    return new MetricSampled(
        now,
        ID,
        NODES.get((int) (number % 8)).id(),
        1,
        number / 8,
        Map.of("train_loss", 0.5, "learning_rate", 0.1));
  }

  private static void drain(Socket socket, AtomicLong bytes) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = socket.getInputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.addAndGet(read);
      }
    } catch (IOException e) {
      bytes.addAndGet(0); // the test is over
    }
  }

  private static void watch(Stream stream, List<Double> latencies) {
    try {
      while (true) {
        JsonNode batch = Contract.tree(stream.next("events").data());
        Instant now = Instant.now();
        for (JsonNode event : batch) {
          Instant at = Instant.parse(event.path("time").asText());
          latencies.add(Duration.between(at, now).toNanos() / 1e6);
        }
      }
    } catch (IOException e) {
      latencies.addAll(List.of()); // the test is over
    }
  }
}
