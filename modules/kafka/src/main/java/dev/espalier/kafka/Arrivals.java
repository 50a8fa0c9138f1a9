package dev.espalier.kafka;

import dev.espalier.domain.trigger.Content;
import dev.espalier.wire.ForeignEvents;
import dev.espalier.wire.ObjectNotification;
import dev.espalier.wire.TriggersFile;
import dev.espalier.wire.TriggersFile.Format;
import dev.espalier.wire.UnreadableEventException;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of topics that triggers are about. */
final class Arrivals {
  private final String inbox;
  private final Map<String, Format> formats;

  /**
   * Reads the inbox of {@code connection} and other topics.
   *
   * @param formats what stands on the others
   */
  Arrivals(Connection connection, Map<String, Format> formats) {
    this.inbox = Topic.EVENTS.on(connection);
    this.formats = Map.copyOf(formats);
  }

  Arrival read(ConsumerRecord<byte[], byte[]> record) {
    String from =
        DeadLetters.origin(
            record.topic(), Integer.toString(record.partition()), Long.toString(record.offset()));
    byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
    try {
      return new Arrival.Told(
          record.topic().equals(inbox) ? TriggersFile.POSTED : record.topic(),
          from,
          events(record, value));
    } catch (UnreadableEventException e) {
      return new Arrival.Garbled(from, String.valueOf(e.getMessage()), Content.of(value));
    }
  }

  private List<CloudEvent> events(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    return switch (formats.getOrDefault(record.topic(), Format.CLOUDEVENTS)) {
      case CLOUDEVENTS ->
          List.of(ForeignEvents.read(() -> KafkaMessageFactory.createReader(record)));
      case S3 -> ObjectNotification.events(value);
    };
  }
}
