package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.task.Outcome.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes events in the topics and partitions where they belong. Safe for use by many threads. */
final class Pen implements AutoCloseable {
  /**
   * How soon a pen for transactions asks again. A new one always does, since it begins before it
   * knows any broker: with the client's own 100 ms that wait was most of what a claim takes.
   */
  private static final Duration AGAIN = Duration.ofMillis(5);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Connection connection;
  private final Producer<String, byte[]> producer;
  private final Map<Topic, Integer> partitions = new ConcurrentHashMap<>();

  private Pen(Connection connection, Map<String, Object> settings) {
    this.connection = connection;
    this.producer =
        connection.open(
            settings,
            given -> new KafkaProducer<>(given, new StringSerializer(), new ByteArraySerializer()));
  }

  /** A pen for single events. */
  static Pen plain(Connection connection, String client) {
    return new Pen(connection, settings(connection, client));
  }

  /** A pen for single events that holds its writer up for no longer than {@code longest}. */
  static Pen plain(Connection connection, String client, Duration longest) {
    Map<String, Object> settings = settings(connection, client);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, longest.toMillis());
    return new Pen(connection, settings);
  }

  /** A pen for transactions, of which only the newest under {@code identity} writes. */
  static Pen transactional(Connection connection, String identity) {
    Map<String, Object> settings = settings(connection, identity);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, connection.prefix() + "." + identity);
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(Sharing.TRANSACTION.toMillis()));
    settings.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, AGAIN.toMillis());
    return new Pen(connection, settings);
  }

  private static Map<String, Object> settings(Connection connection, String client) {
    Map<String, Object> settings = connection.client(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return settings;
  }

  /** Begins to write {@code event}; the future ends when the broker has it or does not take it. */
  Future<RecordMetadata> write(Event event, Envelope envelope) {
    return producer.send(record(event, envelope));
  }

  /**
   * Writes {@code event}; returns when the broker has it.
   *
   * @throws LogException when it does not take it
   */
  void writeAndWait(Event event, Envelope envelope) {
    Waiting.get(write(event, envelope), "an event to be taken by " + connection);
  }

  /**
   * Writes {@code event}; returns when the broker has it, or after {@code longest}: then it may
   * still come to have it.
   *
   * @throws LogException when it does not take it, or not in time
   */
  void writeAndWait(Event event, Envelope envelope, Duration longest) {
    Waiting.get(write(event, envelope), longest, "an event to be taken by " + connection);
  }

  /** The record of {@code event}; a task that is given up becomes a dead letter besides. */
  private Stream<ProducerRecord<String, byte[]>> records(Event event, Envelope envelope) {
    Stream<ProducerRecord<String, byte[]>> own = Stream.of(record(event, envelope));
    return event instanceof OutcomePublished ended && ended.outcome() instanceof Failed failed
        ? Stream.concat(
            own, Stream.of(DeadLetters.record(connection, ended, failed.failure(), envelope)))
        : own;
  }

  /** The record of {@code event}. */
  ProducerRecord<String, byte[]> record(Event event, Envelope envelope) {
    Topic topic = Topic.of(event);
    int count = partitions.computeIfAbsent(topic, this::partitionsOf);
    return Records.write(event, envelope, topic.on(connection), count);
  }

  private int partitionsOf(Topic topic) {
    try {
      return producer.partitionsFor(topic.on(connection)).size();
    } catch (KafkaException e) {
      throw new LogException(
          "expected the topic %s of %s".formatted(topic.on(connection), connection), e);
    }
  }

  /**
   * Fences every older pen of the same identity and ends what they left open.
   *
   * @return {@link Commit.Fenced} when a newer pen did so at the same time
   * @throws LogException when the log cannot be reached
   */
  Commit fence() {
    return guarded(producer::initTransactions);
  }

  /**
   * Writes {@code events} in one transaction.
   *
   * @throws LogException when the log cannot be written; whether they stand is then not known
   */
  Commit commit(List<? extends Event> events, Envelope envelope) {
    return commit(events.stream().flatMap(event -> records(event, envelope)).toList(), () -> {});
  }

  /**
   * Writes {@code records} in one transaction, with how far has been read that led to them.
   *
   * @param read the next places to be read by {@code group}
   * @throws LogException when the log cannot be written; whether they stand is then not known
   */
  Commit commit(
      List<ProducerRecord<String, byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> read,
      ConsumerGroupMetadata group) {
    return commit(records, () -> producer.sendOffsetsToTransaction(read, group));
  }

  private Commit commit(List<ProducerRecord<String, byte[]>> records, Runnable more) {
    return guarded(
        () -> {
          producer.beginTransaction();
          for (ProducerRecord<String, byte[]> record : records) {
            // A record that is not taken fails the commit.
            Future<?> _ = producer.send(record);
          }
          more.run();
          producer.commitTransaction();
        });
  }

  private Commit guarded(Runnable step) {
    try {
      step.run();
      return new Commit.Committed();
    } catch (TimeoutException e) {
      throw new LogException("expected a transaction of " + connection + " to end in time", e);
    } catch (KafkaException e) {
      if (fenced(e)) {
        return new Commit.Fenced();
      }
      abort(e);
      throw new LogException("expected " + connection + " to take a transaction", e);
    }
  }

  /**
   * Whether a newer pen took over. A broker that is in the middle of letting it do so answers the
   * end of a transaction with an error that the client has no name for (seen on 4.4: "pending state
   * PREPARE_EPOCH_FENCE"), and one that has just aborted it for the newer pen finds nothing left to
   * end ("invalid state"). Taking any such error for a fence is sound: the work is dropped, and
   * what the log then says of the task decides.
   */
  private static boolean fenced(Throwable thrown) {
    if (thrown.getClass() == KafkaException.class && thrown.getCause() == null) {
      return true;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException
          || cause instanceof InvalidTxnStateException
          || cause instanceof CommitFailedException
          || cause instanceof InvalidPidMappingException) {
        return true;
      }
    }
    return false;
  }

  /** Ends the transaction now rather than at its timeout, until when readers would wait for it. */
  private void abort(KafkaException reason) {
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      reason.addSuppressed(e);
    }
  }

  List<ClientMetric> metrics() {
    return ClientMetric.of(producer.metrics());
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
