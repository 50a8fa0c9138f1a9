package dev.espalier.fleet.gateway;

import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.fleet.gateway.ApiDocument.Operation;
import dev.espalier.kafka.LogException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How every route of a gateway behaves: it refuses parameters that the document does not name,
 * answers HEAD where it answers GET, and tells what is wrong as a {@link Problem}.
 */
final class Manners {
  private static final Logger LOG = LoggerFactory.getLogger(Manners.class);
  private static final int LONGEST_LINE = 4 * 1024;
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final int IDLE_SECONDS = 60; // streams say something every 30 s at least

  private final ApiDocument document;

  Manners(ApiDocument document) {
    this.document = document;
  }

  /**
   * The limits of a gateway's server. HTTP/1.1 alone: browsers speak nothing newer without TLS, and
   * the limits hold there.
   */
  static HttpServerOptions limits() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(true)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setIdleTimeout(IDLE_SECONDS);
  }

  /** Goes before the routes. */
  void mountFirst(Router router) {
    router.route().handler(this::checkParameters);
    router.errorHandler(
        400, context -> refuse(context, ProblemType.BAD_REQUEST, "a valid address"));
    router.errorHandler(404, context -> refuse(context, ProblemType.NOT_FOUND, "a served path"));
    router.errorHandler(405, this::refuseMethodOrPath);
    router.errorHandler(413, context -> refuse(context, ProblemType.TOO_LARGE, "a smaller body"));
    router.errorHandler(500, Manners::tellBroken);
  }

  /** Goes behind the routes: what none of them answers is asked for as with GET, without a body. */
  void mountLast(Router router) {
    router.head().handler(context -> context.reroute(HttpMethod.GET, context.request().uri()));
  }

  private void checkParameters(RoutingContext context) {
    HttpMethod asked = context.request().method();
    HttpMethod method = asked.equals(HttpMethod.HEAD) ? HttpMethod.GET : asked;
    Optional<Operation> operation = document.operation(method, path(context));
    operation.ifPresent(known -> check(context, known));
    context.next();
  }

  private static void check(RoutingContext context, Operation operation) {
    MultiMap parameters = parameters(context);
    for (String name : new TreeSet<>(parameters.names())) {
      Boolean several = operation.parameters().get(name);
      if (several == null) {
        throw unknown(operation, "got " + name);
      }
      List<String> values = parameters.getAll(name);
      if (!several && values.size() > 1) {
        throw unknown(operation, "got " + name + " " + values.size() + " times");
      }
    }
  }

  private static String path(RoutingContext context) {
    try {
      return context.normalizedPath();
    } catch (IllegalArgumentException e) {
      throw new Problem(
              ProblemType.BAD_REQUEST,
              "expected a path of valid escapes, got " + context.request().path())
          .refusal();
    }
  }

  private static MultiMap parameters(RoutingContext context) {
    try {
      return context.queryParams();
    } catch (HttpException e) {
      throw new Problem(
              ProblemType.BAD_REQUEST,
              "expected a query of valid escapes, got " + context.request().query())
          .refusal();
    }
  }

  private static RefusedException unknown(Operation operation, String came) {
    TreeSet<String> names = new TreeSet<>(operation.parameters().keySet());
    String expected = names.isEmpty() ? "no query parameters" : "query parameters among " + names;
    return new Problem(ProblemType.UNKNOWN_PARAMETER, "expected " + expected + ", " + came)
        .refusal();
  }

  private static void refuse(RoutingContext context, ProblemType type, String expected) {
    new Problem(type, "expected " + expected + ", got " + context.request().path()).answer(context);
  }

  /** The route that answers HEAD has every path, so one that is not served comes here, too. */
  private void refuseMethodOrPath(RoutingContext context) {
    String allowed = String.join(", ", document.methods(context.normalizedPath()));
    if (allowed.isEmpty()) {
      refuse(context, ProblemType.NOT_FOUND, "a served path");
      return;
    }
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    String detail = "expected one of " + allowed + ", got " + context.request().method();
    new Problem(ProblemType.METHOD_NOT_ALLOWED, detail).answer(context);
  }

  private static void tellBroken(RoutingContext context) {
    if (context.response().headWritten()) {
      context.response().reset();
      return;
    }
    switch (Optional.ofNullable(context.failure()).orElseGet(IllegalStateException::new)) {
      case RefusedException refused -> refused.problem().answer(context);
      case LogException trouble ->
          new Problem(ProblemType.LOG_UNREACHABLE, String.valueOf(trouble.getMessage()))
              .answer(context);
      case ArtifactsException trouble ->
          new Problem(ProblemType.STORE_UNREACHABLE, String.valueOf(trouble.getMessage()))
              .answer(context);
      case Throwable broken -> {
        LOG.atError()
            .addKeyValue("path", context.request().path())
            .setCause(broken)
            .log("a request failed");
        new Problem(ProblemType.INTERNAL_ERROR, "the gateway's log says why").answer(context);
      }
    }
  }

  /** Answers what is no request of HTTP, or too long for one. */
  static void refuseInvalid(HttpServerRequest request) {
    Problem problem =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException _ ->
              new Problem(
                  ProblemType.ADDRESS_TOO_LONG,
                  "expected a first line of at most " + LONGEST_LINE + " bytes, got more");
          case TooLongHttpHeaderException _ ->
              new Problem(
                  ProblemType.HEADERS_TOO_LARGE,
                  "expected headers of at most " + LONGEST_HEADERS + " bytes together, got more");
          case Throwable broken ->
              new Problem(ProblemType.BAD_REQUEST, "expected a request of HTTP, " + broken);
        };
    problem.answer(request);
  }
}
