package dev.espalier.kafka;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters for people: what there is, what it was, and what is to become of it. A letter
 * that was requeued or dropped is settled: a record behind it says so. Not safe for use by several
 * threads.
 */
public final class DeadLetterBox implements AutoCloseable {
  /** What those who settle fence each other by. */
  static final String IDENTITY = "deadletterbox";

  private static final String SETTLED = "deadletter_settled";
  private static final String PREFIX = "deadletter_";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Connection connection;
  private final Clock clock;
  private final String topic;
  private final TopicPartition partition;
  private final Consumer<byte[], byte[]> consumer;
  private final Watermarks watermarks;

  private DeadLetterBox(Connection connection, Clock clock, Consumer<byte[], byte[]> consumer) {
    this.connection = connection;
    this.clock = clock;
    this.topic = Topic.DEADLETTERS.on(connection);
    this.partition = new TopicPartition(topic, 0);
    this.consumer = consumer;
    this.watermarks = new Watermarks(connection);
    consumer.assign(List.of(partition));
  }

  /**
   * Opens the box.
   *
   * @param clock what wishes are dated by
   */
  public static DeadLetterBox open(Connection connection, Clock clock) {
    Map<String, Object> settings = connection.client(IDENTITY);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new DeadLetterBox(connection, clock, new LoneReader(settings));
  }

  /**
   * The letters that are not settled, in the order in which they came; of one that was kept twice,
   * by a worker that died in between, the first.
   *
   * @throws LogException when the log cannot be read
   */
  public List<DeadLetter> letters() {
    return unsettled().values().stream().map(DeadLetterBox::letter).toList();
  }

  /** Where the letters stood, those that are settled too. */
  Set<String> origins() {
    return read().stream().map(DeadLetterBox::origin).collect(Collectors.toSet());
  }

  private Map<Long, ConsumerRecord<byte[], byte[]>> unsettled() {
    Map<Long, ConsumerRecord<byte[], byte[]>> open = new LinkedHashMap<>();
    Set<String> origins = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : read()) {
      Optional<String> settled = header(record, SETTLED);
      if (settled.isPresent()) {
        open.remove(Long.parseLong(settled.get()));
      } else if (header(record, DeadLetters.OFFSET).isEmpty() || origins.add(origin(record))) {
        open.put(record.offset(), record);
      }
    }
    return open;
  }

  /** Up to the high watermark, so that no letter hides behind a transaction that is just ending. */
  private List<ConsumerRecord<byte[], byte[]>> read() {
    try {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      consumer.seekToBeginning(List.of(partition));
      Stretch.of(partition, watermarks).read(consumer, LIMIT, records::add);
      return records;
    } catch (KafkaException e) {
      throw new LogException("expected to read the dead letters of " + connection, e);
    }
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        header(record, DeadLetters.REASON).orElse("no reason was given"),
        origin(record),
        task(record),
        size(record));
  }

  /** The size of the value that came, in bytes. */
  private static int size(ConsumerRecord<byte[], byte[]> letter) {
    return header(letter, DeadLetters.SIZE).map(Integer::parseInt).orElseGet(() -> kept(letter));
  }

  private static int kept(ConsumerRecord<byte[], byte[]> letter) {
    return letter.value() == null ? 0 : letter.value().length;
  }

  private static Optional<OutcomePublished> task(ConsumerRecord<byte[], byte[]> record) {
    if (header(record, DeadLetters.OFFSET).isPresent()) {
      return Optional.empty(); // somebody's bytes, whatever they look like
    }
    try {
      return Optional.of(Records.read(record))
          .filter(OutcomePublished.class::isInstance)
          .map(OutcomePublished.class::cast);
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  private static String origin(ConsumerRecord<byte[], byte[]> record) {
    String stood = header(record, DeadLetters.TOPIC).orElse("unknown");
    return header(record, DeadLetters.OFFSET)
        .map(
            offset ->
                DeadLetters.origin(
                    stood, header(record, DeadLetters.PARTITION).orElse("?"), offset))
        .orElse(stood);
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  /**
   * What came, as it came; of what was too large for a letter, its beginning.
   *
   * @throws IllegalArgumentException when there is no such letter, or it is settled
   * @throws LogException when the log cannot be read
   */
  public byte[] content(long number) {
    byte[] value = find(unsettled(), number).value();
    return value == null ? new byte[0] : value;
  }

  /**
   * Settles a letter: nothing is to be done about it.
   *
   * @throws IllegalArgumentException when there is no such letter, or it is settled
   * @throws LogException when the log cannot be read or written
   */
  public void drop(long number) {
    ConsumerRecord<byte[], byte[]> letter = find(unsettled(), number);
    write(List.of(), List.of(letter));
  }

  /**
   * Has it tried again, and settles it. A record that nobody could read goes back to where it
   * stood. Of a task, its study is wished for again, which tries again all of the study that
   * failed; all their letters are settled.
   *
   * @return how many letters that settled
   * @throws IllegalArgumentException when there is no such letter, it is settled, not all of it was
   *     kept, or the study is paused, cancelled or out of budget
   * @throws LogException when the log cannot be read or written
   */
  public int requeue(long number) {
    Map<Long, ConsumerRecord<byte[], byte[]>> open = unsettled();
    ConsumerRecord<byte[], byte[]> letter = find(open, number);
    Optional<StudyId> study = task(letter).map(OutcomePublished::study);
    if (study.isEmpty()) {
      write(List.of(original(letter)), List.of(letter));
      return 1;
    }
    List<ConsumerRecord<byte[], byte[]>> letters =
        open.values().stream().filter(any -> isOf(any, study.get())).toList();
    write(List.of(wishedAgain(study.get())), letters);
    return letters.size();
  }

  private static boolean isOf(ConsumerRecord<byte[], byte[]> letter, StudyId study) {
    return task(letter).filter(ended -> ended.study().equals(study)).isPresent();
  }

  private static ConsumerRecord<byte[], byte[]> find(
      Map<Long, ConsumerRecord<byte[], byte[]>> open, long number) {
    return Optional.ofNullable(open.get(number))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected the number of a dead letter that is not settled, one of %s, got %d"
                        .formatted(open.keySet(), number)));
  }

  /** The record as it stood, its headers without what was added. */
  private static ProducerRecord<byte[], byte[]> original(ConsumerRecord<byte[], byte[]> letter) {
    String stood =
        header(letter, DeadLetters.TOPIC)
            .orElseThrow(
                () -> new IllegalArgumentException("expected a letter that says where it stood"));
    if (kept(letter) < size(letter)) {
      throw new IllegalArgumentException(
          "expected a dead letter that was kept whole, got %d of %d bytes"
              .formatted(kept(letter), size(letter)));
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(stood, null, letter.key(), letter.value());
    for (Header header : letter.headers()) {
      if (!header.key().startsWith(PREFIX)) {
        record.headers().add(header);
      }
    }
    return record;
  }

  private ProducerRecord<byte[], byte[]> wishedAgain(StudyId study) {
    Standings wishes = wishes();
    StudyWished known =
        Optional.ofNullable(wishes.studies().get(study))
            .orElseThrow(
                () -> new IllegalArgumentException("expected the study " + study + " on the log"));
    if (known.wish() != Wish.RUN) {
      throw new IllegalArgumentException(
          "expected a study that is to run, got %s, which its submitter wants to %s"
              .formatted(study, known.wish()));
    }
    if (wishes.spent(study).isPresent()) {
      throw new IllegalArgumentException(
          "expected a study that is to run, got %s, whose budget is spent; submit it with a larger one"
              .formatted(study));
    }
    StudyWished again = known.then(clock.instant(), Wish.RUN);
    ProducerRecord<String, byte[]> record =
        Records.write(
            again,
            Envelope.from("/espalier/deadletters"),
            Topic.STUDIES.on(connection),
            Topic.STUDIES.partitions());
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        record.key().getBytes(StandardCharsets.UTF_8),
        record.value(),
        record.headers());
  }

  private Standings wishes() {
    Wishes wishes = new Wishes();
    try (Follower follower = Follower.open(connection, Set.of(Topic.STUDIES), wishes)) {
      follower.catchUp(LIMIT);
    }
    return wishes.standings;
  }

  private static final class Wishes implements Follower.Sink {
    private Standings standings = Standings.EMPTY;

    @Override
    public void accept(Heard heard) {
      standings = standings.plus(heard.event());
    }

    @Override
    public void unreadable(Unreadable record) {} // the aggregator keeps it
  }

  /** All of it or nothing. */
  private void write(
      List<ProducerRecord<byte[], byte[]>> records, List<ConsumerRecord<byte[], byte[]>> settled) {
    Map<String, Object> settings = connection.client(IDENTITY);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, connection.prefix() + "." + IDENTITY);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Stream.concat(records.stream(), settled.stream().map(this::settling))
          .forEach(
              record -> {
                // A record that is not taken fails the commit.
                Future<?> _ = producer.send(record);
              });
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new LogException("expected to settle a dead letter of " + connection, e);
    }
  }

  private ProducerRecord<byte[], byte[]> settling(ConsumerRecord<byte[], byte[]> letter) {
    ProducerRecord<byte[], byte[]> word = new ProducerRecord<>(topic, new byte[0]);
    DeadLetters.add(word.headers(), SETTLED, Long.toString(letter.offset()));
    return word;
  }

  @Override
  public void close() {
    consumer.close();
    watermarks.close();
  }
}
