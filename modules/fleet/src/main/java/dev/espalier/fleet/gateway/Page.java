package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /} and {@code /page/…}: the page, its styles, its modules and the library that plots,
 * all from jars. A browser that has a file asks whether it is still the same.
 */
final class Page {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final int NOT_MODIFIED = 304;
  private static final List<String> STYLES = List.of("page", "parts");
  private static final List<String> MODULES =
      List.of(
          "api",
          "arms",
          "compare",
          "dom",
          "fleet",
          "format",
          "graph",
          "heat",
          "layout",
          "legend",
          "letters",
          "marks",
          "masks",
          "overview",
          "page",
          "plot",
          "samples",
          "settings",
          "states",
          "stream",
          "studies",
          "study",
          "submit",
          "task",
          "tasks",
          "theme",
          "training",
          "verdicts",
          "wishes");

  private final Map<String, File> files = new HashMap<>();

  /** A file of the page. */
  private record File(Buffer bytes, String type, EntityTag tag) {
    static File of(String resource, String type) {
      Buffer bytes = Resources.read(resource);
      return new File(bytes, type, new EntityTag(Digest.of(bytes.getBytes())));
    }

    void answer(RoutingContext context) {
      HttpServerResponse response =
          Resources.head(context.response(), type)
              .putHeader("content-security-policy", POLICY)
              .putHeader("referrer-policy", "no-referrer")
              .putHeader("x-content-type-options", "nosniff")
              .putHeader("etag", tag.toString());
      if (Optional.ofNullable(context.request().getHeader("if-none-match"))
          .filter(tag::isAmong)
          .isPresent()) {
        response.setStatusCode(NOT_MODIFIED).end();
      } else {
        response.end(bytes);
      }
    }
  }

  private Page() {
    STYLES.forEach(name -> files.put(name + ".css", File.of("page/" + name + ".css", STYLE)));
    MODULES.forEach(name -> files.put(name + ".js", File.of("page/" + name + ".js", SCRIPT)));
    files.put("uPlot.min.css", File.of(UPLOT + "uPlot.min.css", STYLE));
    files.put("uPlot.esm.js", File.of(UPLOT + "uPlot.esm.js", SCRIPT));
  }

  static void mount(Router router) {
    Page page = new Page();
    router.get("/").handler(File.of("page/index.html", HTML)::answer);
    router.get("/icon.svg").handler(File.of("page/icon.svg", "image/svg+xml")::answer);
    router.get("/page/:file").handler(page::answer);
  }

  private void answer(RoutingContext context) {
    String name = context.pathParam("file");
    Optional.ofNullable(files.get(name))
        .orElseThrow(() -> Problem.notFound("expected a file of the page, got " + name).refusal())
        .answer(context);
  }
}
