package dev.espalier.fleet.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends bytes as fast as they are taken: a piece is read when the one before has gone out. Used by
 * a thread that may wait, never by the event loop.
 */
final class Download {
  private static final int PIECE = 1 << 17;
  private static final long PATIENCE_SECONDS = 60;

  private final Context loop;
  private final HttpServerResponse response;

  /**
   * A download.
   *
   * @param loop the event loop that {@code response} belongs to
   */
  Download(Context loop, HttpServerResponse response) {
    this.loop = loop;
    this.response = response;
  }

  /**
   * Sends {@code length} of {@code bytes} and ends the response; hangs up where nobody takes a
   * piece within a minute.
   *
   * @param from the first one
   */
  void send(MemorySegment bytes, long from, long length) {
    long end = from + length;
    boolean taken = true;
    for (long at = from; taken && at < end; at += PIECE) {
      byte[] piece = bytes.asSlice(at, Math.min(PIECE, end - at)).toArray(ValueLayout.JAVA_BYTE);
      taken = isTaken(() -> response.write(Buffer.buffer(piece)));
    }
    if (!taken || !isTaken(response::end)) {
      loop.runOnContext(gone -> response.reset());
    }
  }

  private boolean isTaken(Supplier<Future<Void>> write) {
    Promise<Void> written = Promise.promise();
    loop.runOnContext(_ -> write.get().onComplete(written));
    try {
      return written.future().map(true).otherwise(false).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return false;
    }
  }
}
