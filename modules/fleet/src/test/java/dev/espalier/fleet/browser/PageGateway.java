package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Topic;
import dev.espalier.store.FileArtifacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A log, and a process on it that can be killed and started again at the same address. */
final class PageGateway implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int AT_ONCE = 500;

  final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  final QuickBench bench;
  private final EmbeddedBroker broker;
  private final Publisher publisher;
  private final Tools tools;
  private final Set<Role> roles;
  private final int port;
  private Fleet fleet;

  /** Starts a process in these roles; whoever does closes it. */
  static PageGateway start(Path folder, Set<Role> roles) {
    return new PageGateway(folder, roles);
  }

  private PageGateway(Path folder, Set<Role> roles) {
    this.roles = roles;
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    publisher = Publisher.open(broker.connection(), "/espalier/test");
    bench = new QuickBench(store, 0);
    tools =
        new Tools(
            bench,
            store,
            Samples.NAMING,
            data -> data.pinnedTo(Samples.digest("glyphs")),
            Clock.systemUTC());
    fleet = Fleet.start(settings(0), tools, troubles::add);
    port = fleet.address().orElseThrow().getPort();
  }

  private FleetSettings settings(int at) {
    return FleetSettings.all(broker.connection())
        .as(roles)
        .at("127.0.0.1", at)
        .withGrace(Duration.ofSeconds(2));
  }

  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** Writes events, many at a time where there are many; returns when the broker has them. */
  void publish(List<? extends Event> events) {
    Semaphore free = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Event event : events) {
        free.acquireUninterruptibly();
        threads.execute(
            () -> {
              publisher.publish(event);
              free.release();
            });
      }
    }
  }

  /** Writes what is no event where samples stand. */
  void publishUnreadable(String text) throws ExecutionException, InterruptedException {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.connection().bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      RecordMetadata _ =
          producer.send(new ProducerRecord<>(Topic.METRICS.on(broker.connection()), value)).get();
    }
  }

  /** Waits until what the gateway shows pleases {@code condition}. */
  void await(Predicate<Board.View> condition) throws InterruptedException {
    assertThat(fleet.board().await(condition, LIMIT)).isPresent();
  }

  Board board() {
    return fleet.board();
  }

  void kill() {
    fleet.close();
  }

  void startAgain() {
    fleet = Fleet.start(settings(port), tools, troubles::add);
  }

  @Override
  public void close() {
    fleet.close();
    publisher.close();
    broker.close();
  }
}
