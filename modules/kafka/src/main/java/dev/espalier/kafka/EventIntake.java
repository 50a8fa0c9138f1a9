package dev.espalier.kafka;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.wire.DecisionCodec;
import dev.espalier.wire.TriggersFile.Format;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hands out events from outside, to one of all that are open at a time: the one whom the group of
 * consumers gives the inbox, who fences those before it. What an event leads to is written in one
 * transaction with how far has been read, so that each is handed out until something came of it,
 * and nothing comes of it twice.
 *
 * <p>Of a topic that nobody read before, reading begins where it ends then; of the inbox, and of a
 * partition that is added, at the beginning. All methods belong to one thread, the owner's.
 */
public final class EventIntake implements AutoCloseable {
  /** What the group is called, and what those who read fence each other by. */
  static final String IDENTITY = "triggers";

  private static final String SOURCE = "/espalier/triggers";
  private static final int MOST = 500; // records at a time: so many studies in a transaction
  private static final Duration SILENCE = Duration.ofSeconds(10); // until another takes over
  private static final int HEARTBEATS = 3; // in that time
  private static final Duration LEAVING = Duration.ofSeconds(5);

  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;
  private final Arrivals arrivals;
  private final TopicPartition inbox;
  private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
  private Optional<Pen> pen = Optional.empty();
  private int term;

  private EventIntake(
      Connection connection, Consumer<byte[], byte[]> consumer, Map<String, Format> topics) {
    this.connection = connection;
    this.consumer = consumer;
    this.arrivals = new Arrivals(connection, topics);
    this.inbox = new TopicPartition(Topic.EVENTS.on(connection), 0);
  }

  /**
   * Joins those who read the inbox of {@code connection} and {@code topics}.
   *
   * @param topics the full names of other topics, and what stands on them
   * @throws LogException when one is not there
   */
  public static EventIntake open(Connection connection, Map<String, Format> topics) {
    Set<String> names = new HashSet<>(topics.keySet());
    names.add(Topic.EVENTS.on(connection));
    Consumer<byte[], byte[]> consumer =
        connection.open(
            settings(connection),
            given ->
                new KafkaConsumer<>(
                    given, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    try {
      names.forEach(topic -> require(consumer, topic, connection));
      EventIntake intake = new EventIntake(connection, consumer, topics);
      consumer.subscribe(names, intake.new Turnover());
      return intake;
    } catch (KafkaException | LogException e) {
      consumer.close();
      throw e instanceof LogException known
          ? known
          : new LogException("expected to read the topics " + names + " of " + connection, e);
    }
  }

  private static Map<String, Object> settings(Connection connection) {
    Map<String, Object> settings = connection.client(IDENTITY);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, connection.prefix() + "." + IDENTITY);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(OneForAll.class.getName()));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST);
    int silence = Math.toIntExact(SILENCE.toMillis());
    settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, silence);
    settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, silence / HEARTBEATS);
    return settings;
  }

  private static void require(
      Consumer<byte[], byte[]> consumer, String topic, Connection connection) {
    if (consumer.partitionsFor(topic).isEmpty()) {
      throw new LogException(
          "expected the topic %s of %s, found none".formatted(topic, connection));
    }
  }

  /** Is told by the client, in the middle of a step, which partitions come and go. */
  private final class Turnover implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.contains(inbox)) {
        takeUp(); // first, since where to begin is not known before what they left open is ended
      }
      begin(Set.copyOf(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (partitions.contains(inbox)) {
        putDown();
      }
      read.keySet().removeAll(partitions);
    }
  }

  private void takeUp() {
    putDown();
    term++;
    Pen fresh = Pen.transactional(connection, IDENTITY);
    pen = Optional.of(fresh);
    // Fenced already: then the first commit says so.
    fresh.fence();
  }

  private void putDown() {
    pen.ifPresent(Pen::close);
    pen = Optional.empty();
  }

  /** Settles once where reading begins, so that nothing is passed over from then on. */
  private void begin(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(consumer.committed(partitions));
    known.values().removeIf(offset -> offset == null);
    Set<String> topics =
        known.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    topics.add(inbox.topic());
    Map<TopicPartition, OffsetAndMetadata> begun = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (!known.containsKey(partition)) {
        if (topics.contains(partition.topic())) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seekToEnd(List.of(partition));
        }
        begun.put(partition, new OffsetAndMetadata(consumer.position(partition)));
      }
    }
    if (!begun.isEmpty()) {
      consumer.commitSync(begun);
    }
  }

  /**
   * What has arrived since, waiting for it at most {@code wait}; nothing where another has the
   * inbox.
   *
   * @throws LogException when the log cannot be read: close this one and open another
   */
  public List<Arrival> step(Duration wait) {
    ConsumerRecords<byte[], byte[]> records = poll(wait);
    for (TopicPartition partition : records.partitions()) {
      read.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    return StreamSupport.stream(records.spliterator(), true).map(arrivals::read).toList();
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (KafkaException e) {
      throw new LogException("expected to read events of " + connection, e);
    }
  }

  /**
   * Whether events are handed out to this one, and those before it are fenced: what they decided
   * can be read.
   */
  public boolean isActive() {
    return pen.isPresent();
  }

  /** How often it has become active: who counts knows whether another was meanwhile. */
  public int term() {
    return term;
  }

  /**
   * Writes {@code reactions} in one transaction with how far was read: all that was handed out is
   * done with then.
   *
   * @return {@link Commit.Fenced} when another took over: close this one
   * @throws LogException when the log cannot be written; whether they stand is then not known:
   *     close this one and open another
   */
  public Commit commit(List<Reaction> reactions) {
    Pen writing = pen.orElseThrow(() -> new IllegalStateException("expected to be active"));
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (Reaction reaction : reactions) {
      reaction.wish().ifPresent(wish -> records.add(record(writing, wish, reaction)));
      records.add(record(reaction.decision()));
    }
    Commit commit = writing.commit(records, Map.copyOf(read), consumer.groupMetadata());
    read.clear();
    return commit;
  }

  private static ProducerRecord<String, byte[]> record(
      Pen pen, StudyWished wish, Reaction reaction) {
    Optional<String> cause = reaction.decision().event().map(ForeignEvent::id);
    return pen.record(wish, new Envelope(SOURCE, cause, reaction.traceparent()));
  }

  private ProducerRecord<String, byte[]> record(Decision decision) {
    return KafkaMessageFactory.<String>createWriter(
            Topic.DECISIONS.on(connection), 0, decision.key().toString())
        .writeBinary(DecisionCodec.encode(decision));
  }

  /** The figures of its client. May be called by any thread. */
  public List<ClientMetric> metrics() {
    return ClientMetric.of(consumer.metrics());
  }

  /** Leaves, so that another takes over at once. */
  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(LEAVING));
    putDown();
  }
}
