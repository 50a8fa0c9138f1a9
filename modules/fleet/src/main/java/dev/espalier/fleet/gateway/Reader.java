package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.StudyId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * One open stream of server-sent events. Each event replaces the one of its name before, so a
 * reader that is slower than the events misses some and never falls behind: at most one snapshot
 * waits for it. Belongs to one event loop.
 */
final class Reader {
  private final HttpServerResponse response;
  private final Optional<StudyId> study;
  private Optional<Snapshot> next = Optional.empty();
  private Optional<Buffer> sentOverview = Optional.empty();
  private Optional<Buffer> sentStudy = Optional.empty();
  private boolean quiet;

  /**
   * A reader of the overview and, where it looks at one, of a study.
   *
   * @param response whose headers are set
   */
  Reader(HttpServerResponse response, Optional<StudyId> study) {
    this.response = response;
    this.study = study;
    response.drainHandler(drained -> flush());
  }

  Optional<StudyId> study() {
    return study;
  }

  /** Sends {@code snapshot}, now or when what was sent before has gone out. */
  void offer(Snapshot snapshot) {
    next = Optional.of(snapshot);
    flush();
  }

  private void flush() {
    if (response.writeQueueFull() || response.ended()) {
      return;
    }
    next.ifPresent(this::send);
    next = Optional.empty();
  }

  private void send(Snapshot snapshot) {
    Optional<Buffer> overview = Optional.of(snapshot.overview());
    if (!overview.equals(sentOverview)) {
      write(snapshot.version(), "overview", snapshot.overview());
      sentOverview = overview;
    }
    Optional<Buffer> shown = study.flatMap(id -> Optional.ofNullable(snapshot.studies().get(id)));
    if (shown.isPresent() && !shown.equals(sentStudy)) {
      write(snapshot.version(), "study", shown.get());
      sentStudy = shown;
    }
  }

  private void write(long id, String name, Buffer data) {
    quiet = false;
    response.write(
        Buffer.buffer("id: " + id + "\nevent: " + name + "\ndata: ")
            .appendBuffer(data)
            .appendString("\n\n"));
  }

  /** Sends a comment unless something was sent since the last time, so that nobody hangs up. */
  void keepAlive() {
    if (quiet && !response.writeQueueFull()) {
      response.write(":\n\n");
    }
    quiet = true;
  }
}
