package dev.espalier.kafka;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls on workers to take nothing more and go. A call is for those that listen when it is made:
 * who starts later does not hear it.
 *
 * <p>All methods of a listener but {@link #wake} belong to one thread, its owner's.
 */
public final class Drains implements AutoCloseable {
  /** The name that every worker goes by. */
  public static final String EVERYBODY = "*";

  private static final Logger LOG = LoggerFactory.getLogger(Drains.class);
  private static final String TYPE = "dev.espalier.worker.drained.v1";
  private static final String CLIENT = "drains";

  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;

  private Drains(Connection connection, Consumer<byte[], byte[]> consumer) {
    this.connection = connection;
    this.consumer = consumer;
  }

  /**
   * Calls on {@code worker}; returns when the call stands on the log.
   *
   * @param worker the name of a process, or {@link #EVERYBODY}
   * @throws LogException when the log does not take it
   */
  public static void call(Connection connection, String worker, Clock clock) {
    CloudEvent call =
        CloudEventBuilder.v1()
            .withId(UUID.randomUUID().toString())
            .withSource(URI.create("/espalier/drain"))
            .withType(TYPE)
            .withSubject(worker)
            .withTime(clock.instant().atOffset(ZoneOffset.UTC))
            .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
            .build();
    Map<String, Object> settings = connection.client(CLIENT);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    try (Producer<String, byte[]> producer =
        connection.open(
            settings,
            given ->
                new KafkaProducer<>(given, new StringSerializer(), new ByteArraySerializer()))) {
      Waiting.get(
          producer.send(
              KafkaMessageFactory.<String>createWriter(Topic.WORKERS.on(connection), 0, worker)
                  .writeBinary(call)),
          "a call on " + worker + " to be taken by " + connection);
    }
  }

  /**
   * Begins to listen.
   *
   * @throws LogException when the log cannot be reached or refuses
   */
  public static Drains listen(Connection connection) {
    Map<String, Object> settings = connection.client(CLIENT);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    Consumer<byte[], byte[]> consumer = connection.open(settings, LoneReader::new);
    try {
      TopicPartition partition = new TopicPartition(Topic.WORKERS.on(connection), 0);
      consumer.assign(List.of(partition));
      consumer.seekToEnd(List.of(partition));
      consumer.position(partition); // only now does it know where the end is
      return new Drains(connection, consumer);
    } catch (KafkaException e) {
      consumer.close();
      throw refused(connection, e);
    }
  }

  /**
   * Whether {@code worker} was called on since the last time, waiting for that at most {@code
   * wait}.
   *
   * @throws LogException when the log refuses to be read
   */
  public boolean isCalled(String worker, Duration wait) {
    boolean called = false;
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
        called |= called(record).filter(name -> isOf(worker, name)).isPresent();
      }
    } catch (WakeupException e) {
      return called;
    } catch (KafkaException e) {
      throw refused(connection, e);
    }
    return called;
  }

  private static boolean isOf(String worker, String name) {
    return name.equals(EVERYBODY) || name.equals(worker);
  }

  private static Optional<String> called(ConsumerRecord<byte[], byte[]> record) {
    try {
      CloudEvent call = KafkaMessageFactory.createReader(record).toEvent();
      return Optional.ofNullable(call.getSubject()).filter(name -> call.getType().equals(TYPE));
    } catch (RuntimeException e) { // a stranger's bytes
      LOG.atWarn()
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.toString())
          .log("a record that is no call on a worker was skipped");
      return Optional.empty();
    }
  }

  private static LogException refused(Connection connection, KafkaException cause) {
    return new LogException("expected to hear calls on workers of " + connection, cause);
  }

  /** Has {@link #isCalled} return. May be called by any thread. */
  public void wake() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
