package dev.espalier.fleet.gateway;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param status the HTTP status
 * @param title what kind of thing went wrong
 * @param detail what was expected and what came
 */
record Problem(int status, String title, String detail) {
  private static final String TYPE = "application/problem+json";

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail);
  }

  static Problem badRequest(String title, String detail) {
    return new Problem(400, title, detail);
  }

  /** Answers {@code context} with this. */
  void answer(RoutingContext context) {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("instance", context.request().path());
    context.response().setStatusCode(status).putHeader("content-type", TYPE).end(body.toBuffer());
  }
}
