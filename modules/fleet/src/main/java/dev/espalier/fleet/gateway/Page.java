package dev.espalier.fleet.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;

/** {@code GET /}: the page, and its style and script, all from this jar. */
final class Page {
  private static final String POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:";

  private Page() {}

  static void mount(Router router) {
    serve(router, "/", "index.html", "text/html; charset=utf-8");
    serve(router, "/page.css", "page.css", "text/css; charset=utf-8");
    serve(router, "/page.js", "page.js", "text/javascript; charset=utf-8");
    serve(router, "/plot.js", "plot.js", "text/javascript; charset=utf-8");
    serve(router, "/icon.svg", "icon.svg", "image/svg+xml");
  }

  private static void serve(Router router, String path, String resource, String type) {
    Buffer bytes = Resources.read("page/" + resource);
    router
        .get(path)
        .handler(
            context ->
                Resources.head(context.response(), type)
                    .putHeader("content-security-policy", POLICY)
                    .putHeader("x-content-type-options", "nosniff")
                    .end(bytes));
  }
}
