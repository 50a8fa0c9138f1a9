package dev.espalier.fleet.gateway;

import dev.espalier.kafka.Positions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One open stream of server-sent events. Snapshots replace each other, so a reader that is slower
 * than they are misses some and never falls behind: at most one waits for it. Events of the log it
 * is sent all of: where it is slower than they are, it is told so, and what it has not got yet is
 * read from the log again, at its pace. Belongs to one event loop.
 */
final class Reader {
  private final HttpServerResponse response;
  private final Wanted wanted;
  private final Optional<String> after;
  private Optional<Snapshot> next = Optional.empty();
  private long sentOverview = -1;
  private Optional<Buffer> sentStudy = Optional.empty();
  private Optional<Positions> seen = Optional.empty();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean replaying;
  private boolean quiet;

  /**
   * A reader.
   *
   * @param response whose headers are set
   * @param after the id of the last event that it got earlier, from whatever gateway
   */
  Reader(HttpServerResponse response, Wanted wanted, Optional<String> after) {
    this.response = response;
    this.wanted = wanted;
    this.after = after;
    response.drainHandler(_ -> drained());
  }

  Wanted wanted() {
    return wanted;
  }

  HttpServerResponse response() {
    return response;
  }

  private boolean isBusy() {
    return response.writeQueueFull() || isClosed();
  }

  boolean isClosed() {
    return response.ended() || response.closed();
  }

  private void drained() {
    List<Runnable> free = List.copyOf(waiting);
    waiting.clear();
    free.forEach(Runnable::run);
    flush();
  }

  /** Runs {@code step} when it can take more, or takes nothing any more. */
  void whenFree(Runnable step) {
    if (response.writeQueueFull() && !isClosed()) {
      waiting.add(step);
    } else {
      step.run();
    }
  }

  /** It has hung up. */
  void closed() {
    drained();
  }

  /** Sends {@code snapshot}, now or when what was sent before has gone out. */
  void offer(Snapshot snapshot) {
    next = Optional.of(snapshot);
    flush();
  }

  private void flush() {
    if (!isBusy()) {
      next.ifPresent(this::send);
      next = Optional.empty();
    }
  }

  private void send(Snapshot snapshot) {
    String id = snapshot.positions().toString();
    if (wanted.overview()) {
      snapshot
          .overviewSince(sentOverview)
          .ifPresent(changed -> write(snapshotId(id), "overview", changed));
      sentOverview = snapshot.number();
    }
    Optional<Buffer> shown =
        wanted
            .study()
            .filter(_ -> wanted.detail())
            .flatMap(study -> Optional.ofNullable(snapshot.studies().get(study)));
    if (shown.isPresent() && !shown.equals(sentStudy)) {
      write(snapshotId(id), "study", shown.get());
      sentStudy = shown;
    }
  }

  /** One who follows events is to come back to where it was with them. */
  private Optional<String> snapshotId(String id) {
    return Optional.of(id).filter(_ -> !wanted.follows());
  }

  /**
   * Begins to follow events, at the end of what was read by now or where it was before.
   *
   * @param end how far this gateway has read the log
   */
  void begin(Positions end) {
    if (wanted.follows() && seen.isEmpty()) {
      Optional<Positions> before = after.flatMap(end::parse);
      if (after.isPresent() && before.isEmpty()) {
        write(Optional.of(end.toString()), "reset", Buffer.buffer("{}"));
      }
      seen = Optional.of(before.orElse(end));
      response.write("id: " + before.orElse(end) + "\n\n"); // to come back with before any event
    }
  }

  /**
   * Sends what comes next.
   *
   * @return how far it is, where that is forgotten here: then it has to be read from the log
   */
  Optional<Positions> feed(Feed feed) {
    if (seen.isEmpty() || replaying || isBusy()) {
      return Optional.empty();
    }
    Optional<Feed.Portion> portion = feed.next(wanted, seen.get());
    portion.ifPresent(this::send);
    return portion.isPresent() ? Optional.empty() : seen;
  }

  private void send(Feed.Portion portion) {
    portion
        .batch()
        .ifPresent(batch -> write(Optional.of(portion.end().toString()), "events", batch));
    seen = Optional.of(portion.end());
  }

  /**
   * What is sent is read from the log, until {@link #replayed}.
   *
   * @param behind how many records there are, at most
   */
  void replays(long behind) {
    replaying = true;
    write(Optional.empty(), "behind", Buffer.buffer("{\"events\":" + behind + "}"));
  }

  /** Sends a part of what is read from the log. */
  void replay(Feed.Portion portion) {
    send(portion);
  }

  /** What comes next may be known here again. */
  void replayed() {
    replaying = false;
  }

  private void write(Optional<String> id, String name, Buffer data) {
    quiet = false;
    Buffer message = Buffer.buffer();
    id.ifPresent(given -> message.appendString("id: " + given + "\n"));
    response.write(
        message
            .appendString("event: " + name + "\ndata: ")
            .appendBuffer(data)
            .appendString("\n\n"));
  }

  /**
   * Sends a comment unless something was sent since the last time, so that nobody hangs up, and
   * where it is by now with what it does not want.
   */
  void keepAlive() {
    if (quiet && !isBusy()) {
      response.write(seen.map(at -> ":\nid: " + at + "\n\n").orElse(":\n\n"));
    }
    quiet = true;
  }
}
