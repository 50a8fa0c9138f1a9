package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads topics from their beginning into a sink, and goes on as they grow. Sees only what is
 * committed. Events of one task or study on one topic come in the order in which they were written;
 * topics are not ordered among each other.
 *
 * <p>All methods but {@link #wake} and {@link #metrics} belong to one thread, the owner's.
 */
public final class Follower implements AutoCloseable {
  /** Where the events go. */
  public interface Sink {
    /** Takes an event. Never twice the same place. */
    void accept(Heard heard);

    /** Told of a record that is no event of ours, which is skipped. */
    void unreadable(Unreadable record);
  }

  private static final Duration TURN = Duration.ofMillis(200);
  private static final int MANY = 200; // records that are worth the trouble of sharing out
  private static final int MOST = 5_000; // records at a time
  private static final int LARGEST = 4 << 20; // bytes of a partition at a time

  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;
  private final Watermarks watermarks;
  private final Map<TopicPartition, Topic> partitions;
  private final Sink sink;
  private final Map<TopicPartition, Long> goal;
  private Optional<String> log = Optional.empty();
  private Optional<Sign> sign = Optional.empty();
  private List<TopicPartition> held = List.of();

  /** Where the log ended when it was asked. */
  private record Sign(Instant asked, Map<TopicPartition, Long> ends) {}

  private Follower(
      Connection connection,
      Consumer<byte[], byte[]> consumer,
      Watermarks watermarks,
      Map<TopicPartition, Topic> partitions,
      Sink sink) {
    this.connection = connection;
    this.consumer = consumer;
    this.watermarks = watermarks;
    this.partitions = partitions;
    this.sink = sink;
    this.goal = new HashMap<>(watermarks.of(partitions.keySet()));
  }

  /**
   * Begins at the beginning.
   *
   * @throws LogException when the topics cannot be found
   */
  public static Follower open(Connection connection, Set<Topic> topics, Sink sink) {
    return open(connection, topics, Positions.NONE, sink);
  }

  /**
   * Begins at {@code from}, and at the beginning of partitions that are not named there. What the
   * log has forgotten meanwhile is passed over.
   *
   * @throws LogException when the topics cannot be found
   */
  public static Follower open(Connection connection, Set<Topic> topics, Positions from, Sink sink) {
    Map<String, Object> settings = connection.client("follower");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST);
    Consumer<byte[], byte[]> consumer = connection.open(settings, LoneReader::new);
    Watermarks watermarks = new Watermarks(connection);
    try {
      Map<TopicPartition, Topic> partitions = new HashMap<>();
      topics.forEach(topic -> partitions.putAll(partitionsOf(consumer, topic, connection)));
      consumer.assign(partitions.keySet());
      consumer.seekToBeginning(partitions.keySet());
      for (Place place : from.places()) {
        TopicPartition partition =
            new TopicPartition(place.topic().on(connection), place.partition());
        if (partitions.containsKey(partition)) {
          consumer.seek(partition, place.offset());
        }
      }
      return new Follower(connection, consumer, watermarks, partitions, sink);
    } catch (KafkaException | LogException e) {
      consumer.close();
      watermarks.close();
      throw new LogException("expected to read the topics of " + connection, e);
    }
  }

  private static Map<TopicPartition, Topic> partitionsOf(
      Consumer<byte[], byte[]> consumer, Topic topic, Connection connection) {
    var found = consumer.partitionsFor(topic.on(connection));
    if (found.isEmpty()) {
      throw new LogException(
          "expected the topic %s of %s, found none".formatted(topic.on(connection), connection));
    }
    return found.stream()
        .collect(
            Collectors.toMap(
                info -> new TopicPartition(info.topic(), info.partition()), info -> topic));
  }

  /**
   * Reads nothing of {@code topic} before everything is read that stands on the others by now; for
   * who has not begun to read.
   */
  public void readLast(Topic topic) {
    held = partitionsOf(topic);
    consumer.pause(held);
  }

  private void release() {
    if (!held.isEmpty() && (caughtUp() || held.containsAll(goal.keySet()))) {
      consumer.resume(held);
      held = List.of();
    }
  }

  private List<TopicPartition> partitionsOf(Topic topic) {
    return partitions.entrySet().stream()
        .filter(partition -> partition.getValue().equals(topic))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Passes over what stands on {@code topic} by now; for who has not begun to read. */
  public void skip(Topic topic) {
    List<TopicPartition> skipped = partitionsOf(topic);
    consumer.seekToEnd(skipped);
    for (TopicPartition partition : skipped) {
      long _ = consumer.position(partition); // sought only now
      goal.remove(partition);
    }
  }

  /**
   * Hands on what has arrived, waiting for it at most {@code wait}.
   *
   * @return how many events were handed on
   * @throws LogException when the log refuses to be read
   */
  public int step(Duration wait) {
    int events = 0;
    for (Read read : read(poll(wait))) {
      read.heard().ifPresent(sink::accept);
      read.unreadable().ifPresent(sink::unreadable);
      events += read.heard().isPresent() ? 1 : 0;
    }
    release();
    return events;
  }

  /** What a record was found to be; neither where it only says that a key is forgotten. */
  private record Read(Optional<Heard> heard, Optional<Unreadable> unreadable) {
    static final Read NOTHING = new Read(Optional.empty(), Optional.empty());
  }

  /** In their order; of a log that is read again all processors take part. */
  private List<Read> read(ConsumerRecords<byte[], byte[]> records) {
    Stream<ConsumerRecord<byte[], byte[]>> all = StreamSupport.stream(records.spliterator(), false);
    return records.count() < MANY
        ? all.map(this::read).toList()
        : all.toList().parallelStream().map(this::read).toList();
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (WakeupException e) {
      return ConsumerRecords.empty();
    } catch (KafkaException e) {
      throw new LogException("expected to read the topics of " + connection, e);
    }
  }

  private Read read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Read.NOTHING;
    }
    Place place = placeOf(new TopicPartition(record.topic(), record.partition()), record.offset());
    try {
      return new Read(Optional.of(heard(place, record)), Optional.empty());
    } catch (UnreadableRecordException e) {
      return new Read(Optional.empty(), Optional.of(new Unreadable(place, e.reason(), record)));
    }
  }

  private static Heard heard(Place place, ConsumerRecord<byte[], byte[]> record)
      throws UnreadableRecordException {
    Heard heard = Records.heard(record, place);
    Event event = heard.event();
    if (!Topic.of(event).equals(place.topic())) {
      throw new UnreadableRecordException(
          "expected an event of the topic %s, got one of %s"
              .formatted(place.topic().suffix(), Topic.of(event).suffix()));
    }
    return heard;
  }

  private Place placeOf(TopicPartition partition, long offset) {
    Topic topic = partitions.get(partition);
    if (topic == null) {
      throw new IllegalStateException("expected a partition that is followed, got " + partition);
    }
    return new Place(topic, partition.partition(), offset);
  }

  /** Whether everything that stood on the log when this was opened has been handed on. */
  public boolean caughtUp() {
    goal.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    return goal.isEmpty();
  }

  /**
   * Steps until everything that stands on the log now has been handed on: up to the high watermark,
   * so that nothing hides behind another's open transaction.
   *
   * @throws LogException when that takes longer than {@code limit}
   */
  public void catchUp(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    goal.putAll(ends());
    while (!caughtUp()) {
      if (System.nanoTime() > deadline) {
        throw new LogException("expected to reach " + goal + " within " + limit);
      }
      step(TURN);
    }
  }

  /** The next place to be read in each partition. */
  public List<Place> positions() {
    return offsets().entrySet().stream()
        .map(next -> placeOf(next.getKey(), next.getValue()))
        .toList();
  }

  /**
   * How far this has got. The first time, the log is asked for its name.
   *
   * @throws LogException when it does not tell
   */
  public Positions reached() {
    String name = log.orElseGet(watermarks::log);
    log = Optional.of(name);
    return Positions.of(name, positions());
  }

  /**
   * Asks the log for a sign of life when that is due, and tells {@code contact} once everything has
   * been read that stood on the log then: a reader that lags has not heard who spoke meanwhile.
   * After a break reads on to where the log ends now, for what was missed.
   *
   * @throws LogException when there is no sign, or reading on takes longer than {@code limit}
   */
  public void keep(Contact contact, Duration limit) {
    if (sign.isEmpty() && contact.isDue()) {
      sign = Optional.of(new Sign(contact.now(), ends(contact)));
    }
    Optional<Sign> read = sign.filter(this::isRead);
    if (read.isPresent()) {
      sign = Optional.empty();
      if (contact.heard(read.get().asked())) {
        catchUp(limit);
      }
    }
  }

  private boolean isRead(Sign given) {
    return given.ends().entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** The high watermarks now. May be called by any thread. */
  Map<TopicPartition, Long> ends() {
    return watermarks.of(partitions.keySet());
  }

  /** The same, or a {@link LogException} before this becomes a break of {@code contact}. */
  Map<TopicPartition, Long> ends(Contact contact) {
    return watermarks.of(partitions.keySet(), contact.patience());
  }

  /** The next offset to be read in each partition. */
  Map<TopicPartition, Long> offsets() {
    return partitions.keySet().stream()
        .collect(Collectors.toMap(partition -> partition, consumer::position));
  }

  /** Interrupts a waiting {@link #step}, which then returns. May be called by any thread. */
  public void wake() {
    consumer.wakeup();
  }

  /** The figures of its client. May be called by any thread. */
  public List<ClientMetric> metrics() {
    return ClientMetric.of(consumer.metrics());
  }

  @Override
  public void close() {
    consumer.close();
    watermarks.close();
  }
}
