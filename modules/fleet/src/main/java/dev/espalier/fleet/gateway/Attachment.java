package dev.espalier.fleet.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Bytes that are downloaded.
 *
 * @param tag what tells them from others
 * @param file what a file of them is called
 * @param forGood whether their address never leads to others
 */
record Attachment(EntityTag tag, String file, boolean forGood) {
  private static final int NOT_MODIFIED = 304;
  private static final String FOR_A_YEAR = "max-age=31536000, immutable";

  /** Answers with {@code bytes}, or that they are those that the request knows. */
  void answer(RoutingContext context, Buffer bytes) {
    if (isKnown(context)) {
      answerKnown(context);
    } else {
      head(context.response()).end(bytes);
    }
  }

  /** Whether the request is of somebody who has the bytes. */
  boolean isKnown(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("if-none-match"))
        .filter(tag::isAmong)
        .isPresent();
  }

  /** Answers that the bytes are those that the request knows. */
  void answerKnown(RoutingContext context) {
    head(context.response()).setStatusCode(NOT_MODIFIED).end();
  }

  /** The headers; what is compressed would be other bytes under the same tag. */
  HttpServerResponse head(HttpServerResponse response) {
    return response
        .putHeader("etag", tag.toString())
        .putHeader("cache-control", forGood ? FOR_A_YEAR : "no-cache")
        .putHeader("content-type", "application/octet-stream")
        .putHeader("content-encoding", "identity")
        .putHeader("content-disposition", "attachment; filename=\"" + file + "\"")
        .putHeader("x-content-type-options", "nosniff");
  }
}
