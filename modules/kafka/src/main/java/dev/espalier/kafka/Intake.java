package dev.espalier.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one task after the other from a task topic through its share group: renewed while it is
 * worked on, accepted when the work is over, whatever became of it. Bytes that are no task go to
 * the dead letters.
 *
 * <p>An acknowledgement proves nothing: a task may be handed out twice, and {@link Attempts}
 * decides whose it is. All methods but {@link #wake} and {@link #metrics} belong to one thread, the
 * owner's.
 */
public final class Intake implements AutoCloseable {
  /** Who works on what is taken. Called on the intake's thread; must not block for long. */
  public interface Handler {
    /**
     * Begins to work on {@code delivery}.
     *
     * @return completes when the work is over and its effects are on the log, or when there is
     *     nothing to do: the task is then accepted. Completed with an exception: the task goes back
     *     to the others, and {@link Intake#step} throws
     */
    CompletionStage<?> begin(Delivery delivery);

    /**
     * Called just before {@code delivery} is renewed: the moment for the heartbeat.
     *
     * @return whether an attempt at it stands on the log, so that its silence would be noticed
     *     there
     */
    boolean beforeRenewal(Delivery delivery);
  }

  /**
   * A task that is worked on.
   *
   * @param record what was delivered; absent once the log has forgotten that this worker has it
   * @param delivery the task
   * @param work ends with the work
   */
  private record Held(
      Optional<ConsumerRecord<byte[], byte[]>> record,
      Delivery delivery,
      CompletableFuture<?> work) {
    Held with(Optional<ConsumerRecord<byte[], byte[]>> again) {
      return new Held(again, delivery, work);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /**
   * How long a poll may wait. Short, because a share consumer that is handed the end marker of a
   * transaction, which holds no task, asks for more only in the next poll.
   */
  private static final Duration IDLE = Duration.ofMillis(50);

  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Connection connection;
  private final ShareConsumer<byte[], byte[]> consumer;
  private final Watermarks watermarks;
  private final DeadLetters deadLetters;
  private final Sharing sharing;
  private final Handler handler;
  private final CompletableFuture<Void> woken = new CompletableFuture<>();
  private Optional<Held> held = Optional.empty();

  private Intake(
      Connection connection,
      ShareConsumer<byte[], byte[]> consumer,
      Watermarks watermarks,
      DeadLetters deadLetters,
      Sharing sharing,
      Handler handler) {
    this.connection = connection;
    this.consumer = consumer;
    this.watermarks = watermarks;
    this.deadLetters = deadLetters;
    this.sharing = sharing;
    this.handler = handler;
  }

  /**
   * Opens an intake: one share consumer. Never two in the hands of one who does one task at a time:
   * a share consumer goes on fetching between polls until it has a record, so the idle one would
   * take a task and sit on it until its lock ends.
   *
   * @param tasks a task topic
   * @param sharing as the topics were created with
   */
  public static Intake open(Connection connection, Topic tasks, Sharing sharing, Handler handler) {
    ShareConsumer<byte[], byte[]> consumer =
        connection.open(
            settings(connection, tasks),
            given ->
                new KafkaShareConsumer<>(
                    given, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    consumer.subscribe(List.of(tasks.on(connection)));
    return new Intake(
        connection,
        consumer,
        new Watermarks(connection),
        new DeadLetters(connection),
        sharing,
        handler);
  }

  /** One record at a time, and no membership lost while a long task is worked on. */
  private static Map<String, Object> settings(Connection connection, Topic tasks) {
    Map<String, Object> settings = connection.client("intake");
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, tasks.on(connection));
    settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    return settings;
  }

  /**
   * One turn: when no task is held, waits a moment for one and begins it; when one is held, waits
   * for its end, at most a third of the lock, then accepts or renews. A renewal that fails stops
   * nothing.
   *
   * @throws IllegalStateException when the handler failed
   * @throws LogException when the log refuses this intake, or was out of reach of it or of the
   *     handler; unless it is a refusal, further turns may be taken
   */
  public void step() {
    if (woken.isDone()) {
      return;
    }
    try {
      held.ifPresentOrElse(this::attend, this::take);
    } catch (WakeupException e) {
      // What was being acknowledged may or may not have been: the next delivery finds out.
      held = held.map(task -> task.with(Optional.empty()));
    } catch (KafkaException e) {
      throw new LogException("expected to take tasks of " + connection, e);
    }
  }

  private void take() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(IDLE)) {
      if (held.isEmpty()) {
        begin(record);
      } else {
        acknowledge(record, AcknowledgeType.RELEASE);
      }
    }
  }

  private void begin(ConsumerRecord<byte[], byte[]> record) {
    try {
      Delivery delivery = Records.delivery(record);
      CompletableFuture<?> work = handler.begin(delivery).toCompletableFuture();
      held = Optional.of(new Held(Optional.of(record), delivery, work));
    } catch (UnreadableRecordException e) {
      bury(record, e.reason());
    }
  }

  /** A record that is not acknowledged, whatever happens, is in the way of the next poll. */
  private void bury(ConsumerRecord<byte[], byte[]> unreadable, String reason) {
    AcknowledgeType type = AcknowledgeType.RELEASE;
    try {
      deadLetters.write(unreadable, reason);
      type = AcknowledgeType.ACCEPT;
    } finally {
      acknowledge(unreadable, type);
    }
  }

  private void attend(Held task) {
    if (ends(task)) {
      held = Optional.empty();
      task.record().ifPresent(record -> acknowledge(record, AcknowledgeType.ACCEPT));
    } else if (!woken.isDone()) {
      boolean stands = handler.beforeRenewal(task.delivery());
      held = Optional.of(task.with(task.record().flatMap(record -> keep(record, stands))));
    }
  }

  /**
   * A share group hands out nothing more once too much lies behind its oldest unfinished record,
   * finished or not: so a long task is accepted before that, and only the planner watches it then.
   */
  private Optional<ConsumerRecord<byte[], byte[]>> keep(
      ConsumerRecord<byte[], byte[]> record, boolean stands) {
    if (stands && isInTheWay(record)) {
      LOG.atInfo()
          .addKeyValue("topic", record.topic())
          .addKeyValue("offset", record.offset())
          .log("a long task is accepted before its end, so that it does not hold others up");
      acknowledge(record, AcknowledgeType.ACCEPT);
      return Optional.empty();
    }
    return renew(record);
  }

  private boolean isInTheWay(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    try {
      return watermarks.of(List.of(partition), sharing.renewal()).values().stream()
          .anyMatch(end -> end - record.offset() > sharing.inFlight() / 2);
    } catch (LogException e) {
      return false; // asked again before the next renewal
    }
  }

  /** Whether the work is over, waiting for that at most a third of the lock. */
  private boolean ends(Held task) {
    try {
      CompletableFuture.anyOf(task.work(), woken)
          .get(sharing.renewal().toMillis(), TimeUnit.MILLISECONDS);
      return task.work().isDone();
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      held = Optional.empty();
      task.record().ifPresent(record -> acknowledge(record, AcknowledgeType.RELEASE));
      if (e.getCause() instanceof LogException away && !away.isRefusal()) {
        throw away;
      }
      throw new IllegalStateException(
          "expected the handler to end, task " + task.delivery().released().task(), e.getCause());
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }

  /**
   * Renews, and takes the record back: after a renewal the next poll brings the same record again.
   * When the log has forgotten that this worker has it, it may bring another's: that goes back.
   *
   * @return the record to acknowledge next; empty when the log has forgotten
   */
  private Optional<ConsumerRecord<byte[], byte[]>> renew(ConsumerRecord<byte[], byte[]> record) {
    if (!acknowledge(record, AcknowledgeType.RENEW)) {
      return Optional.empty();
    }
    Optional<ConsumerRecord<byte[], byte[]>> again = Optional.empty();
    for (ConsumerRecord<byte[], byte[]> next : consumer.poll(IDLE)) {
      if (isSame(record, next)) {
        again = Optional.of(next);
      } else {
        acknowledge(next, AcknowledgeType.RELEASE);
      }
    }
    return again;
  }

  private static boolean isSame(ConsumerRecord<?, ?> record, ConsumerRecord<?, ?> next) {
    return record.offset() == next.offset()
        && record.partition() == next.partition()
        && record.topic().equals(next.topic());
  }

  /** Whether the log took the acknowledgement: it tells so in a map and does not throw. */
  private boolean acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
    try {
      consumer.acknowledge(record, type);
      Optional<KafkaException> refused =
          consumer.commitSync(ACKNOWLEDGED).values().stream().flatMap(Optional::stream).findFirst();
      refused.ifPresent(reason -> tell(record, type, reason));
      return refused.isEmpty();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      tell(record, type, e);
      return false;
    }
  }

  private static void tell(
      ConsumerRecord<byte[], byte[]> record, AcknowledgeType type, KafkaException reason) {
    LOG.atInfo()
        .addKeyValue("topic", record.topic())
        .addKeyValue("offset", record.offset())
        .addKeyValue("acknowledgement", type)
        .addKeyValue("reason", reason.toString())
        .log("an acknowledgement was not taken");
  }

  /** Whether a task is held. */
  public boolean busy() {
    return held.isPresent();
  }

  /** The figures of its clients. May be called by any thread. */
  public List<ClientMetric> metrics() {
    return ClientMetric.of(consumer.metrics());
  }

  /**
   * Interrupts a waiting {@link #step}, which then returns at once as every later one does. May be
   * called by any thread. The owner then ends the work that is held, if any, and calls {@link
   * #close}.
   */
  public void wake() {
    woken.complete(null);
    consumer.wakeup();
  }

  /** Leaves the share group. A held task goes back to the others, unless its work is over. */
  @Override
  public void close() {
    held.filter(task -> task.work().isDone() && !task.work().isCompletedExceptionally())
        .flatMap(Held::record)
        .ifPresent(record -> consumer.acknowledge(record, AcknowledgeType.ACCEPT));
    consumer.close(CLOSING);
    watermarks.close();
    deadLetters.close();
  }
}
