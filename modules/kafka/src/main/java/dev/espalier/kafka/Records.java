package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.wire.EventCodec;
import dev.espalier.wire.UnreadableEventException;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events to records of the log and back: CloudEvents in binary mode, the attributes as headers
 * {@code ce_*}, the data as the value. A record on a compacted topic always has data, since one
 * without would make the log forget its key.
 */
final class Records {
  private static final String TRACEPARENT = "traceparent";
  private static final QuickReader QUICK = new QuickReader();

  private Records() {}

  /** The record of {@code event} on a topic of so many {@code partitions}. */
  static ProducerRecord<String, byte[]> write(
      Event event, Envelope envelope, String topic, int partitions) {
    int partition = partitionOf(subject(event), partitions);
    return KafkaMessageFactory.<String>createWriter(topic, partition, key(event))
        .writeBinary(enveloped(event, envelope));
  }

  private static CloudEvent enveloped(Event event, Envelope envelope) {
    EventCodec codec = new EventCodec(URI.create(envelope.source()));
    CloudEvent bare =
        envelope
            .cause()
            .map(cause -> codec.encode(event, cause))
            .orElseGet(() -> codec.encode(event));
    return envelope
        .traceparent()
        .map(trace -> CloudEventBuilder.v1(bare).withExtension(TRACEPARENT, trace).build())
        .orElse(bare);
  }

  /** A digest is a hash already; all events of one task share a partition. */
  static int partitionOf(Digest digest, int partitions) {
    return Integer.remainderUnsigned(
        Integer.parseUnsignedInt(digest.hex().substring(0, Integer.BYTES * 2), 16), partitions);
  }

  private static Digest subject(Event event) {
    return switch (event) {
      case Event.StudyWished wished -> wished.study().digest();
      case Event.BudgetSpent spent -> spent.study().digest();
      case Event.OfTask word -> word.task().digest();
    };
  }

  /** What the log compacts by: attempts are kept apart, of everything else the newest is enough. */
  private static String key(Event event) {
    return switch (event) {
      case Event.AttemptReported reported -> reported.task() + "/" + reported.attempt();
      case Event.TaskWithdrawn withdrawn -> withdrawn.task() + "/withdrawn";
      case Event.BudgetSpent spent -> spent.study() + "/spent";
      default -> subject(event).toString();
    };
  }

  /**
   * The event of {@code record}.
   *
   * @throws UnreadableRecordException when it is none of ours
   */
  static Event read(ConsumerRecord<?, byte[]> record) throws UnreadableRecordException {
    return event(envelopeOf(record));
  }

  /**
   * The event of {@code record}, which stands at {@code place}, with its envelope.
   *
   * @throws UnreadableRecordException when it is none of ours
   */
  static Heard heard(ConsumerRecord<?, byte[]> record, Place place)
      throws UnreadableRecordException {
    int bytes = record.value().length;
    Optional<Event> quick = QUICK.read(record);
    return quick.isPresent()
        ? new Heard(quick.get(), place, bytes, () -> readable(record))
        : new Heard(read(record), place, bytes, () -> readable(record));
  }

  /** The envelope of a record that was read before. */
  private static CloudEvent readable(ConsumerRecord<?, byte[]> record) {
    return KafkaMessageFactory.createReader(record).toEvent();
  }

  /**
   * The task that {@code record} hands out.
   *
   * @throws UnreadableRecordException when it is no task
   */
  static Delivery delivery(ConsumerRecord<?, byte[]> record) throws UnreadableRecordException {
    CloudEvent envelope = envelopeOf(record);
    if (!(event(envelope) instanceof TaskReleased released)) {
      throw new UnreadableRecordException("expected a released task, got " + envelope.getType());
    }
    return new Delivery(
        released,
        record.deliveryCount().map(Short::intValue).orElse(1),
        Optional.of(envelope.getId()),
        Optional.ofNullable(envelope.getExtension(TRACEPARENT)).map(Object::toString));
  }

  private static CloudEvent envelopeOf(ConsumerRecord<?, byte[]> record)
      throws UnreadableRecordException {
    try {
      return KafkaMessageFactory.createReader(record).toEvent();
    } catch (RuntimeException e) {
      // The bytes are a stranger's, and the reader throws whatever it stumbles over.
      throw new UnreadableRecordException("expected a CloudEvent 1.0 in binary mode: " + e, e);
    }
  }

  private static Event event(CloudEvent envelope) throws UnreadableRecordException {
    try {
      return EventCodec.decode(envelope);
    } catch (UnreadableEventException e) {
      throw new UnreadableRecordException(String.valueOf(e.getMessage()), e);
    }
  }
}
