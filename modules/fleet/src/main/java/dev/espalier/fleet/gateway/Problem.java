package dev.espalier.fleet.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * What is wrong with a request, as RFC 9457 says it.
 *
 * @param type which kind of problem it is
 * @param detail what was expected and what came
 * @param candidates what may have been meant; empty where nothing comes near
 */
record Problem(ProblemType type, String detail, List<String> candidates) {
  private static final String MEDIA_TYPE = "application/problem+json";

  /** Copies the candidates. */
  Problem {
    candidates = List.copyOf(candidates);
  }

  /** A problem without candidates. */
  Problem(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /** Serves what each type of problem means, at its address. */
  static void mount(Router router) {
    router.get("/problems/:problem").handler(Problem::explain);
  }

  private static void explain(RoutingContext context) {
    String name = context.pathParam("problem");
    ProblemType type =
        ProblemType.named(name)
            .orElseThrow(() -> notFound("expected a type of problem, got " + name).refusal());
    Answer.with(context, new Explanation(type.uri(), type.title(), type.status(), type.meaning()));
  }

  /** What a type of problem means, as it is answered. */
  record Explanation(String type, String title, int status, String meaning) {}

  static Problem notFound(String detail) {
    return new Problem(ProblemType.NOT_FOUND, detail);
  }

  static Problem invalidParameter(String detail) {
    return new Problem(ProblemType.INVALID_PARAMETER, detail);
  }

  /** An exception that ends a request with this. */
  RefusedException refusal() {
    return new RefusedException(this);
  }

  /** Answers {@code context} with this. */
  void answer(RoutingContext context) {
    Future<Void> _ = end(context.response(), context.request());
  }

  /** Answers a request that never came to a route with this, and hangs up. */
  void answer(HttpServerRequest request) {
    request.response().putHeader("connection", "close");
    end(request.response(), request).onComplete(_ -> request.connection().close());
  }

  private Future<Void> end(HttpServerResponse response, HttpServerRequest request) {
    return response
        .setStatusCode(type.status())
        .putHeader("content-type", MEDIA_TYPE)
        .putHeader("cache-control", "no-store")
        .end(body(request));
  }

  private Buffer body(HttpServerRequest request) {
    JsonObject body =
        new JsonObject()
            .put("type", type.uri())
            .put("title", type.title())
            .put("status", type.status())
            .put("detail", detail)
            .put("instance", request.path());
    if (!candidates.isEmpty()) {
      body.put("candidates", candidates);
    }
    return body.toBuffer();
  }
}
