package dev.espalier.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What S3 and stores like it tell of their objects, as CloudEvents: each record becomes an event as
 * the adapter for AWS S3 of the CloudEvents project has it, {@code com.amazonaws.s3.} and the
 * record's name as the type, such as {@code com.amazonaws.s3.ObjectCreated:Put}, the key of the
 * object as the subject, and the record as the data. Behind the ids of the request stands the
 * object's sequencer, where there is one, since a request may be about several objects.
 */
public final class ObjectNotification {
  private static final String TYPE = "com.amazonaws.s3.";
  private static final String MINIO = "s3:";
  private static final JsonMapper MAPPER = new JsonMapper();

  private ObjectNotification() {}

  /**
   * The events of a notification.
   *
   * @param json UTF-8
   * @throws UnreadableEventException when it is none
   */
  public static List<CloudEvent> events(byte[] json) {
    List<CloudEvent> events = new ArrayList<>();
    try {
      for (JsonNode record : MAPPER.readTree(json).path("Records")) {
        events.add(event(record));
      }
    } catch (JsonProcessingException e) {
      throw new UnreadableEventException("expected JSON, " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UnreadableEventException("expected JSON, " + e.getMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UnreadableEventException("expected a notification with " + e.getMessage(), e);
    }
    if (events.isEmpty()) {
      throw new UnreadableEventException("expected at least one of Records, got none");
    }
    return events;
  }

  private static CloudEvent event(JsonNode record) {
    String name = text(record, "/eventName");
    String source =
        String.join(
            ".",
            text(record, "/eventSource"),
            record.path("awsRegion").asText(),
            text(record, "/s3/bucket/name"));
    return CloudEventBuilder.v1()
        .withId(id(record))
        .withSource(URI.create(source))
        .withType(TYPE + (name.startsWith(MINIO) ? name.substring(MINIO.length()) : name))
        .withSubject(URLDecoder.decode(text(record, "/s3/object/key"), StandardCharsets.UTF_8))
        .withTime(OffsetDateTime.parse(text(record, "/eventTime")))
        .withData("application/json", record.toString().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static String id(JsonNode record) {
    String request =
        text(record, "/responseElements/x-amz-request-id")
            + "."
            + text(record, "/responseElements/x-amz-id-2");
    String sequencer = record.at("/s3/object/sequencer").asText();
    return sequencer.isEmpty() ? request : request + "." + sequencer;
  }

  private static String text(JsonNode record, String pointer) {
    String text = record.at(pointer).asText();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("text at " + pointer + ", got none");
    }
    return text;
  }
}
