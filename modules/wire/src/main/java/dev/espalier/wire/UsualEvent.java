package dev.espalier.wire;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MetricSampled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads events whose attributes are just as {@link EventCodec#encode} writes them, without making a
 * CloudEvent of them first, which takes longer than all the rest.
 */
public final class UsualEvent {
  private static final byte[] VERSION = bytes("1.0");
  private static final byte[] JSON = bytes("application/json");
  private static final Map<EventType, byte[]> TYPES = new EnumMap<>(EventType.class);
  private static final Map<EventType, byte[]> SCHEMAS = new EnumMap<>(EventType.class);

  static {
    for (EventType type : EventType.values()) {
      TYPES.put(type, bytes(type.toString()));
      SCHEMAS.put(type, bytes(type.dataSchema().toString()));
    }
  }

  private UsualEvent() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The event of {@code attributes} and {@code data}; empty where anything differs from how we
   * write, which {@link EventCodec#decode} then judges.
   *
   * @param attributes not empty, and of those that the data do not repeat printable ASCII, the
   *     source a URI
   * @param data JSON in UTF-8
   */
  public static Optional<Event> read(Map<Attribute, byte[]> attributes, byte[] data) {
    if (!is(VERSION, attributes, Attribute.SPEC_VERSION)
        || !is(JSON, attributes, Attribute.CONTENT_TYPE)
        || !attributes.containsKey(Attribute.ID)) {
      return Optional.empty();
    }
    for (Map.Entry<EventType, byte[]> type : TYPES.entrySet()) {
      if (is(type.getValue(), attributes, Attribute.TYPE)) {
        return read(type.getKey(), attributes, data);
      }
    }
    return Optional.empty();
  }

  private static Optional<Event> read(
      EventType type, Map<Attribute, byte[]> attributes, byte[] data) {
    byte[] schema = SCHEMAS.getOrDefault(type, VERSION);
    return is(schema, attributes, Attribute.DATA_SCHEMA)
        ? read(type, data).filter(event -> isSaidBy(event, attributes))
        : Optional.empty();
  }

  private static Optional<Event> read(EventType type, byte[] data) {
    Optional<Event> sample =
        type.record().equals(MetricSampled.class)
            ? UsualSample.read(data).map(Event.class::cast)
            : Optional.empty();
    return sample.isPresent() ? sample : Json.readUsual(data, type.record()).map(Event.class::cast);
  }

  private static boolean isSaidBy(Event event, Map<Attribute, byte[]> attributes) {
    String subject = EventCodec.subject(event);
    return is(subject, attributes, Attribute.SUBJECT)
        && is(subject, attributes, Attribute.PARTITION_KEY)
        && is(event.study().toString(), attributes, Attribute.CORRELATION)
        && isTime(event.at(), attributes);
  }

  private static boolean is(byte[] expected, Map<Attribute, byte[]> attributes, Attribute name) {
    return Arrays.equals(expected, attributes.get(name));
  }

  private static boolean is(String expected, Map<Attribute, byte[]> attributes, Attribute name) {
    byte[] came = attributes.get(name);
    return came != null && expected.equals(new String(came, StandardCharsets.ISO_8859_1));
  }

  /** Zeros behind the digits of a second are written by some and not by others. */
  private static boolean isTime(Instant expected, Map<Attribute, byte[]> attributes) {
    byte[] came = attributes.get(Attribute.TIME);
    return came != null
        && UsualInstant.read(new String(came, StandardCharsets.ISO_8859_1))
            .filter(expected::equals)
            .isPresent();
  }
}
