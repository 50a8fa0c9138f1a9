package dev.espalier.fleet.gateway;

import dev.espalier.wire.EventBatch;
import dev.espalier.wire.ForeignEvents;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A request that tells events, as the HTTP binding of CloudEvents has it. */
final class EventMessage {
  private static final String TYPE = "content-type";
  private static final String ATTRIBUTE = "ce-";

  private final MultiMap headers;
  private final byte[] body;

  private EventMessage(MultiMap headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  /** That of {@code context}, whose body has come. */
  static EventMessage of(RoutingContext context) {
    byte[] body =
        Optional.ofNullable(context.body().buffer())
            .map(buffer -> buffer.getBytes())
            .orElseGet(() -> new byte[0]);
    return new EventMessage(context.request().headers(), body);
  }

  /**
   * The events: one in binary or structured mode, or a batch of them.
   *
   * @throws dev.espalier.wire.UnreadableEventException when one is none
   */
  List<CloudEvent> events() {
    String type = String.valueOf(headers.get(TYPE)).split(";", 2)[0].strip();
    return type.toLowerCase(Locale.ROOT).equals(EventBatch.TYPE)
        ? EventBatch.read(body)
        : List.of(ForeignEvents.read(() -> HttpMessageFactory.createReader(this::decoded, body)));
  }

  /** Attributes come with what HTTP does not take in their place percent-encoded. */
  private void decoded(BiConsumer<String, String> sink) {
    for (Map.Entry<String, String> header : headers) {
      boolean attribute = header.getKey().toLowerCase(Locale.ROOT).startsWith(ATTRIBUTE);
      sink.accept(header.getKey(), attribute ? decoded(header.getValue()) : header.getValue());
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** What came, whatever it is. */
  byte[] body() {
    return body;
  }

  /** What else came of an event, as the binding for Kafka calls it. */
  Map<String, byte[]> kept() {
    Map<String, byte[]> kept = new HashMap<>();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals(TYPE) || name.startsWith(ATTRIBUTE)) {
        kept.put(
            name.equals(TYPE) ? TYPE : "ce_" + name.substring(ATTRIBUTE.length()),
            header.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return kept;
  }
}
