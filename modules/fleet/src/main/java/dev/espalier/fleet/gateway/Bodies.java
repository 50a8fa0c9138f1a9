package dev.espalier.fleet.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.Set;

/** What bodies are taken, and from whom. */
final class Bodies {
  private static final int LARGEST_STUDY = 256 * 1024;
  private static final int LARGEST_EVENT = 256 * 1024;
  private static final int LARGEST_NOTHING = 1024;

  /** None that a page of another site could send without being asked first. */
  private static final Set<String> TYPES =
      Set.of("application/json", "application/yaml", "application/x-yaml");

  private Bodies() {}

  /** Takes a study, of at most 256 KiB. */
  static BodyHandler study() {
    return BodyHandler.create(false).setBodyLimit(LARGEST_STUDY);
  }

  /** Takes events, of at most 256 KiB together. */
  static BodyHandler event() {
    return BodyHandler.create(false).setBodyLimit(LARGEST_EVENT);
  }

  /** Takes what little clients send where nothing is expected. */
  static BodyHandler none() {
    return BodyHandler.create(false).setBodyLimit(LARGEST_NOTHING);
  }

  /** Refuses what is not plain YAML or JSON. */
  static void checkType(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = header(request, "content-type").orElse("none");
    String coding = header(request, "content-encoding").orElse("identity");
    if (!TYPES.contains(type.split(";", 2)[0].strip()) || !coding.equals("identity")) {
      String came = coding.equals("identity") ? type : type + " in " + coding;
      throw new Problem(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "expected application/yaml or application/json, got " + came)
          .refusal();
    }
    context.next();
  }

  /**
   * Refuses what a page of another site has a browser send: such a request says where it is from.
   */
  static void refuseForeign(RoutingContext context) {
    HttpServerRequest request = context.request();
    String host = header(request, "host").orElse("none");
    header(request, "origin")
        .filter(origin -> !origin.endsWith("://" + host))
        .ifPresent(
            origin -> {
              throw new Problem(
                      ProblemType.FOREIGN_PAGE,
                      "expected a program or a page of " + host + ", got a page of " + origin)
                  .refusal();
            });
    context.next();
  }

  private static Optional<String> header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name));
  }
}
