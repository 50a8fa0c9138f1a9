package dev.espalier.wire;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** CloudEvents in the JSON batch format of CloudEvents 1.0: an array of events with their data. */
public final class EventBatch {
  /** Its media type. */
  public static final String TYPE = "application/cloudevents-batch+json";

  private static final EventFormat FORMAT = new JsonFormat();

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
}
