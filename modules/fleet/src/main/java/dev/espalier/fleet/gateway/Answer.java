package dev.espalier.fleet.gateway;

import dev.espalier.wire.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Answers with JSON that must not be kept by anybody on the way. */
final class Answer {
  private Answer() {}

  /** Answers 200 with {@code value} as JSON. */
  static void with(RoutingContext context, Object value) {
    json(context, 200, Buffer.buffer(Json.write(value)));
  }

  /** Answers {@code status} with a body that is JSON already. */
  static void json(RoutingContext context, int status, Buffer body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(body);
  }
}
