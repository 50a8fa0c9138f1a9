package dev.espalier.wire;

import dev.espalier.domain.trigger.Decision;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Decisions as CloudEvents 1.0 and back: the data are the decision's {@link Json}, the {@code id},
 * the {@code subject} and the {@code partitionkey} its key, so that a repeat has the same ones.
 */
public final class DecisionCodec {
  /** The CloudEvents type. */
  public static final String TYPE = "dev.espalier.trigger.decided.v1";

  /** The name of its schema. */
  static final String NAME = "decision";

  private static final URI SOURCE = URI.create("/espalier/triggers");
  private static final URI SCHEMA = URI.create(Schemas.urn(NAME));

  private DecisionCodec() {}

  /** {@code decision} in its envelope; the cause is the id of the event that it is about. */
  public static CloudEvent encode(Decision decision) {
    String key = decision.key().toString();
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(key)
            .withSource(SOURCE)
            .withType(TYPE)
            .withSubject(key)
            .withTime(decision.at().atOffset(ZoneOffset.UTC))
            .withDataSchema(SCHEMA)
            .withData("application/json", Json.write(decision))
            .withExtension(EventCodec.PARTITION_KEY, key);
    decision.event().ifPresent(told -> builder.withExtension(EventCodec.CAUSATION, told.id()));
    return builder.build();
  }

  /**
   * The decision that {@code envelope} carries.
   *
   * @throws UnreadableEventException when it carries none
   */
  public static Decision decode(CloudEvent envelope) {
    if (!TYPE.equals(envelope.getType()) || !SCHEMA.equals(envelope.getDataSchema())) {
      throw new UnreadableEventException(
          "expected an event of the type %s and the schema %s, got %s and %s"
              .formatted(TYPE, SCHEMA, envelope.getType(), envelope.getDataSchema()));
    }
    try {
      byte[] data = envelope.getData() == null ? new byte[0] : envelope.getData().toBytes();
      Decision decision = Json.read(data, Decision.class);
      if (!Optional.ofNullable(envelope.getSubject())
          .equals(Optional.of(decision.key().toString()))) {
        throw new UnreadableEventException(
            "expected subject " + decision.key() + ", got " + envelope.getSubject());
      }
      return decision;
    } catch (UnreadableJsonException e) {
      throw new UnreadableEventException("in the data of " + TYPE + ", " + e.getMessage(), e);
    }
  }
}
