package dev.espalier.fleet.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files of this jar, and how they are served. */
final class Resources {
  private Resources() {}

  /**
   * The bytes of {@code name}, as it is called beside this class.
   *
   * @throws IllegalStateException when the jar has no such file
   */
  static Buffer read(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("expected " + name + " in the jar, found nothing");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves {@code bytes} to who asks for {@code path}. */
  static void serve(Router router, String path, String type, Buffer bytes) {
    router.get(path).handler(context -> head(context.response(), type).end(bytes));
  }

  /** Says that what follows is of {@code type}, and is to be asked for again each time. */
  static HttpServerResponse head(HttpServerResponse response, String type) {
    return response.putHeader("content-type", type).putHeader("cache-control", "no-cache");
  }
}
