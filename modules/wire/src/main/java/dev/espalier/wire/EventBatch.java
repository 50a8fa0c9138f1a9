package dev.espalier.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CloudEvents in the JSON batch format of CloudEvents 1.0: an array of events with their data. */
public final class EventBatch {
  /** Its media type. */
  public static final String TYPE = "application/cloudevents-batch+json";

  private static final EventFormat FORMAT = new JsonFormat();
  private static final JsonMapper MAPPER = new JsonMapper();

  private EventBatch() {}

  /** The batch of {@code events}, without line breaks. */
  public static byte[] write(List<CloudEvent> events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('[');
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(FORMAT.serialize(events.get(i)));
    }
    out.write(']');
    return out.toByteArray();
  }

  /**
   * The events that others sent in a batch.
   *
   * @param json UTF-8
   * @throws UnreadableEventException when it is no batch, or one of them is no event
   */
  public static List<CloudEvent> read(byte[] json) {
    try {
      JsonNode array = MAPPER.readTree(json);
      if (!array.isArray()) {
        throw new UnreadableEventException("expected an array of events, got other JSON");
      }
      return array
          .valueStream()
          .map(event -> ForeignEvents.read(event.toString().getBytes(StandardCharsets.UTF_8)))
          .toList();
    } catch (JsonProcessingException e) {
      throw new UnreadableEventException(
          "expected an array of events, " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UnreadableEventException("expected an array of events, " + e.getMessage(), e);
    }
  }
}
