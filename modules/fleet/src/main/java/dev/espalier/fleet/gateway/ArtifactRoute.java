package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.fleet.view.ArtifactUse;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * {@code GET /api/artifacts/…}: the bytes of an artifact, whole or one part of them, once the store
 * has verified them. So many downloads are under way at a time, each on a thread of its own, which
 * waits for its reader.
 */
final class ArtifactRoute {
  private static final String PATH = "/api/artifacts/:artifact";
  private static final int MOST_DOWNLOADS = 32;
  private static final int PARTIAL = 206;

  private final Vertx vertx;
  private final Supplier<Found> found;
  private final Semaphore free = new Semaphore(MOST_DOWNLOADS);

  ArtifactRoute(Vertx vertx, Supplier<Found> found) {
    this.vertx = vertx;
    this.found = found;
  }

  void mount(Router router) {
    router.get(PATH).handler(this::begin);
    router.head(PATH).handler(this::begin);
  }

  private void begin(RoutingContext context) {
    if (!free.tryAcquire()) {
      context.response().putHeader("retry-after", "1");
      new Problem(
              ProblemType.TOO_MANY_DOWNLOADS,
              "expected at most %d at a time".formatted(MOST_DOWNLOADS))
          .answer(context);
      return;
    }
    Context loop = vertx.getOrCreateContext();
    Thread.ofVirtual()
        .name("download")
        .start(
            () -> {
              try {
                answer(context, loop);
              } catch (RuntimeException e) {
                loop.runOnContext(_ -> context.fail(e));
              } finally {
                free.release();
              }
            });
  }

  private void answer(RoutingContext context, Context loop) {
    Found now = found.get();
    String name = context.pathParam("artifact");
    Digest digest = now.artifact(name);
    Attachment attachment =
        new Attachment(
            new EntityTag(digest),
            ArtifactUse.of(digest, now.standings()).fileOf(digest),
            name.endsWith(digest.hex()));
    long _ =
        now.artifacts()
            .read(digest, bytes -> answer(context, loop, attachment, bytes))
            .orElseThrow(() -> missing(digest));
  }

  private static RefusedException missing(Digest digest) {
    return Problem.notFound(
            "expected an artifact that the store holds whole, got %s: it was never put, was collected, or is damaged and was set aside"
                .formatted(digest))
        .refusal();
  }

  /** The number of bytes, when the answer has gone out. */
  private static long answer(
      RoutingContext context, Context loop, Attachment attachment, MemorySegment bytes) {
    HttpServerRequest request = context.request();
    long total = bytes.byteSize();
    Optional<ByteRange> range = range(request, attachment.tag(), total);
    if (attachment.isKnown(context)) {
      loop.runOnContext(_ -> attachment.answerKnown(context));
    } else if (range.isEmpty()) {
      loop.runOnContext(_ -> answerUnsatisfiable(context, total));
    } else {
      HttpServerResponse response = context.response();
      loop.runOnContext(_ -> head(attachment.head(response), range.get()));
      long length = request.method().equals(HttpMethod.HEAD) ? 0 : range.get().length();
      new Download(loop, response).send(bytes, range.get().from(), length);
    }
    return total;
  }

  /** What is asked for; a part only of the bytes that the request means. */
  private static Optional<ByteRange> range(HttpServerRequest request, EntityTag tag, long total) {
    Optional<String> only = Optional.ofNullable(request.getHeader("if-range"));
    return Optional.ofNullable(request.getHeader("range"))
        .filter(_ -> request.method().equals(HttpMethod.GET))
        .filter(_ -> only.isEmpty() || only.get().equals(tag.toString()))
        .map(header -> ByteRange.of(header, total))
        .orElseGet(() -> Optional.of(ByteRange.all(total)));
  }

  private static void head(HttpServerResponse response, ByteRange range) {
    response
        .putHeader("accept-ranges", "bytes")
        .putHeader("content-length", Long.toString(range.length()));
    if (range.asked()) {
      response.setStatusCode(PARTIAL).putHeader("content-range", range.toString());
    }
  }

  private static void answerUnsatisfiable(RoutingContext context, long total) {
    context.response().putHeader("content-range", "bytes */" + total);
    new Problem(
            ProblemType.RANGE_NOT_SATISFIABLE,
            "expected a range within %d bytes, got %s"
                .formatted(total, context.request().getHeader("range")))
        .answer(context);
  }
}
