package dev.espalier.fleet.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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
    Buffer bytes = Buffer.buffer(read(resource));
    router
        .get(path)
        .handler(
            context ->
                context
                    .response()
                    .putHeader("content-type", type)
                    .putHeader("cache-control", "no-cache")
                    .putHeader("content-security-policy", POLICY)
                    .putHeader("x-content-type-options", "nosniff")
                    .end(bytes));
  }

  private static byte[] read(String resource) {
    try (InputStream in = Page.class.getResourceAsStream("page/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("expected page/" + resource + " in the jar, found nothing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
