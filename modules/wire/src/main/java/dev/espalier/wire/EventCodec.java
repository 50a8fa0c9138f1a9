package dev.espalier.wire;

import dev.espalier.domain.event.Event;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events as CloudEvents 1.0 and back. The data are the event's {@link Json}, whole; the attributes
 * repeat what intermediaries look at: {@code subject} and {@code partitionkey} are the task, or the
 * study that is wished; {@code correlationid} is the study; {@code dataschema} is the URN of the
 * data's JSON Schema. An {@code id} is made of what the event says, so that a repeat has the same
 * one.
 */
public final class EventCodec {
  /** The extension with the name of the study. */
  public static final String CORRELATION = "correlationid";

  /** The extension with the id of the event that led to this one. */
  public static final String CAUSATION = "causationid";

  /** The extension with the key that a log partitions and compacts by. */
  public static final String PARTITION_KEY = "partitionkey";

  /** Bytes that an event stays under, attributes included: what any intermediary forwards. */
  public static final int LIMIT = 64 * 1024;

  private static final String JSON = "application/json";
  private static final int ROOM_FOR_ATTRIBUTES = 2048;

  private final URI source;

  /**
   * A codec of what {@code source} says.
   *
   * @param source who, such as {@code /espalier/worker/w1}
   */
  public EventCodec(URI source) {
    this.source = source;
  }

  /** What types of events are called for short, such as {@code metric.sampled}. */
  public static List<String> names() {
    return Arrays.stream(EventType.values()).map(EventType::shortName).toList();
  }

  /** The CloudEvents type of {@code event}. */
  public static String typeOf(Event event) {
    return EventType.of(event).toString();
  }

  /** The CloudEvents type that is called {@code name} for short; empty when there is none. */
  public static Optional<String> typeNamed(String name) {
    return EventType.named(name).map(EventType::toString);
  }

  /** {@code event}, its cause unknown. */
  public CloudEvent encode(Event event) {
    return encode(event, Optional.empty());
  }

  /**
   * {@code event}, whose cause is known.
   *
   * @param cause the id of the event that led to it: a worker's delivery, a planner's reason
   */
  public CloudEvent encode(Event event, String cause) {
    return encode(event, Optional.of(cause));
  }

  private CloudEvent encode(Event event, Optional<String> cause) {
    EventType type = EventType.of(event);
    CloudEventBuilder builder =
        new CloudEventBuilder()
            .withId(id(event))
            .withSource(source)
            .withType(type.toString())
            .withSubject(subject(event))
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withDataSchema(type.dataSchema())
            .withData(JSON, data(event))
            .withExtension(CORRELATION, event.study().toString())
            .withExtension(PARTITION_KEY, subject(event));
    cause.ifPresent(id -> builder.withExtension(CAUSATION, id));
    return builder.build();
  }

  private static byte[] data(Event event) {
    byte[] data = Json.write(event);
    boolean fits = data.length < LIMIT - ROOM_FOR_ATTRIBUTES;
    return !fits && event instanceof Event.MaskPublished mask ? Json.write(bare(mask)) : data;
  }

  private static Event.MaskPublished bare(Event.MaskPublished mask) {
    return new Event.MaskPublished(
        mask.at(),
        mask.study(),
        mask.task(),
        mask.objective(),
        mask.round(),
        mask.seed(),
        mask.summary(),
        Optional.empty());
  }

  static String subject(Event event) {
    return switch (event) {
      case Event.StudyWished e -> e.study().toString();
      case Event.BudgetSpent e -> e.study().toString();
      case Event.OfTask e -> e.task().toString();
    };
  }

  private static String id(Event event) {
    return subject(event)
        + switch (event) {
          case Event.StudyWished e -> "#" + e.wish() + "@" + e.at();
          case Event.BudgetSpent e -> "#spent/" + e.wished();
          case Event.TaskReleased e -> "#released/" + e.after();
          case Event.TaskWithdrawn e -> "#withdrawn/" + e.released();
          case Event.AttemptReported e -> "#" + e.attempt() + "/" + e.phase() + "@" + e.at();
          case Event.OutcomePublished e -> "#" + e.attempt() + "/outcome";
          case Event.MaskPublished e -> "#mask/" + e.summary().digest().brief();
          case Event.MetricSampled e -> "#" + e.attempt() + "/step/" + e.step();
          case Event.AttemptLogged e -> "#" + e.attempt() + "/log@" + e.at();
        };
  }

  /**
   * The event that {@code envelope} carries, whoever its source is.
   *
   * @throws UnreadableEventException when its version, type or content type is none of ours, its
   *     data are not what the type says, or its attributes contradict them
   */
  public static Event decode(CloudEvent envelope) {
    EventType type =
        EventType.called(envelope.getType()).orElseThrow(() -> unknownType(envelope.getType()));
    require("specversion", SpecVersion.V1, envelope.getSpecVersion());
    require("datacontenttype", JSON, envelope.getDataContentType());
    require("dataschema", type.dataSchema(), envelope.getDataSchema());
    Event event = read(type, envelope.getData());
    require("subject", subject(event), envelope.getSubject());
    require(CORRELATION, event.study().toString(), envelope.getExtension(CORRELATION));
    require(PARTITION_KEY, subject(event), envelope.getExtension(PARTITION_KEY));
    return event;
  }

  private static UnreadableEventException unknownType(String type) {
    return new UnreadableEventException(
        "expected an event of a type among "
            + Arrays.toString(EventType.values())
            + ", got "
            + type);
  }

  private static void require(String attribute, Object expected, @Nullable Object came) {
    if (!expected.equals(came)) {
      throw new UnreadableEventException(
          "expected " + attribute + " " + expected + ", got " + Objects.toString(came, "none"));
    }
  }

  private static Event read(EventType type, @Nullable CloudEventData data) {
    if (data == null) {
      throw new UnreadableEventException(
          "expected data in an event of type " + type + ", got none");
    }
    try {
      return Json.read(data.toBytes(), type.record());
    } catch (UnreadableJsonException e) {
      throw new UnreadableEventException("in the data of " + type + ", " + e.getMessage(), e);
    }
  }
}
