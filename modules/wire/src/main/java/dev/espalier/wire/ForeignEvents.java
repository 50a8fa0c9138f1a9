package dev.espalier.wire;

import dev.espalier.domain.trigger.ForeignEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.util.Objects;
import java.util.function.Supplier;

/** CloudEvents that others send. */
public final class ForeignEvents {
  /** What the sources of schedules begin with; nobody else may use it. */
  public static final String SCHEDULES = "/espalier/schedule/";

  /** The media type of one in structured mode. */
  public static final String TYPE = JsonFormat.CONTENT_TYPE;

  private static final EventFormat FORMAT = new JsonFormat();

  private ForeignEvents() {}

  /**
   * The event of a message, in whatever mode.
   *
   * @param message made by a binding of CloudEvents
   * @throws UnreadableEventException when it holds none
   */
  public static CloudEvent read(Supplier<MessageReader> message) {
    return checked(() -> message.get().toEvent());
  }

  /**
   * The event of {@code json}, as it is in structured mode.
   *
   * @throws UnreadableEventException when it holds none
   */
  public static CloudEvent read(byte[] json) {
    return checked(() -> FORMAT.deserialize(json));
  }

  private static CloudEvent checked(Supplier<CloudEvent> reading) {
    CloudEvent event = event(reading);
    require(event.getId(), "an id");
    require(String.valueOf(event.getSource()), "a source");
    require(event.getType(), "a type");
    if (event.getSource().toString().startsWith(SCHEDULES)) {
      throw new UnreadableEventException(
          "expected a source that is not of Espalier's own schedules, got " + event.getSource());
    }
    return event;
  }

  private static CloudEvent event(Supplier<CloudEvent> reading) {
    try {
      return Objects.requireNonNull(reading.get(), "got null");
    } catch (RuntimeException e) {
      // The bytes are a stranger's, and the reader throws whatever it stumbles over.
      throw new UnreadableEventException("expected a CloudEvent 1.0, " + reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    if (e instanceof CloudEventRWException known
        && known.getKind() == CloudEventRWException.CloudEventRWExceptionKind.UNKNOWN_ENCODING) {
      return "got neither the attributes of one as headers nor the content type " + TYPE;
    }
    return e.getCause() == null ? String.valueOf(e.getMessage()) : reason(e.getCause());
  }

  private static void require(String value, String expected) {
    if (value.isBlank()) {
      throw new UnreadableEventException("expected " + expected + ", got none");
    }
  }

  /** What it is called by. */
  public static ForeignEvent of(CloudEvent event) {
    return new ForeignEvent(event.getSource().toString(), event.getId(), event.getType());
  }

  /** {@code event} as it is in structured mode. */
  public static byte[] structured(CloudEvent event) {
    return FORMAT.serialize(event);
  }
}
