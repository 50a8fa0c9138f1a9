package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.meter.Meters;
import dev.espalier.fleet.view.Summaries;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * {@code GET /api/events}: what changes, as server-sent events. Snapshots, {@code overview} and
 * {@code study}, are sent when they change, at most ten times a second and less often where they
 * take long to make; {@code events} of the log as they are read. Their ids are positions on the
 * log, so that any gateway goes on where another left off. Belongs to one event loop, but for the
 * count of readers.
 */
final class EventStreams {
  private static final int MOST_READERS = 256;
  private static final long TICK_MILLIS = 50;
  private static final long SNAPSHOT_NANOS = Duration.ofMillis(100).toNanos();
  private static final int REST = 2; // snapshots take a third of a core at most
  private static final long KEEP_ALIVE_MILLIS = 15_000;
  private static final String RETRY = "retry: 1000\n\n";

  private final Vertx vertx;
  private final Board board;
  private final Views views;
  private final Summaries summaries;
  private final Replay replay;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private boolean making;
  private boolean asked;
  private long shown = -1;
  private long due = System.nanoTime();

  EventStreams(
      Vertx vertx, Board board, Views views, Connection connection, MeterRegistry registry) {
    this.vertx = vertx;
    this.board = board;
    this.views = views;
    this.summaries = new Summaries(views);
    this.replay = new Replay(connection, board, views, Meters.STREAM_REPLAYS.counter(registry));
    Meters.STREAM_READERS.gauge(registry, readers::size);
  }

  void mount(Router router) {
    router.get("/api/events").handler(this::open);
    router.head("/api/events").handler(EventStreams::look);
    vertx.setPeriodic(TICK_MILLIS, _ -> refresh());
    vertx.setPeriodic(KEEP_ALIVE_MILLIS, _ -> readers.forEach(Reader::keepAlive));
  }

  private static void look(RoutingContext context) {
    Wanted _ = Wanted.of(context);
    begun(context).end();
  }

  /** Compressed, events would wait for each other. */
  private static HttpServerResponse begun(RoutingContext context) {
    return context
        .response()
        .putHeader("content-type", "text/event-stream")
        .putHeader("content-encoding", "identity")
        .putHeader("cache-control", "no-cache");
  }

  private void open(RoutingContext context) {
    if (readers.size() >= MOST_READERS) {
      throw new Problem(
              ProblemType.TOO_MANY_READERS, "expected at most " + MOST_READERS + " streams")
          .refusal();
    }
    Wanted wanted = Wanted.of(context);
    HttpServerResponse response = begun(context);
    response.setChunked(true).write(RETRY);
    Reader reader = new Reader(response, wanted, after(context));
    readers.add(reader);
    response.closeHandler(_ -> close(reader));
    asked = true;
    due = System.nanoTime();
    refresh();
  }

  /** A browser says where it was in a header; a page that opens the stream anew cannot set one. */
  private static Optional<String> after(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("last-event-id"))
        .or(() -> new Query(context).text("after"));
  }

  private void close(Reader reader) {
    readers.remove(reader);
    reader.closed();
  }

  private void refresh() {
    if (!readers.isEmpty()) {
      Board.View view = board.view();
      if (view.complete()) {
        feed(view);
      }
      snapshot(view);
    }
  }

  private void feed(Board.View view) {
    Feed feed = new Feed(views, view);
    for (Reader reader : readers) {
      reader.begin(view.recent().end());
      reader.feed(feed).ifPresent(seen -> replay.begin(reader, seen, vertx.getOrCreateContext()));
    }
  }

  /** Makes a snapshot when there is something new to show, and never two at a time. */
  private void snapshot(Board.View view) {
    boolean fresh = asked || view.version() != shown;
    if (making || !fresh || System.nanoTime() < due) {
      return;
    }
    making = true;
    asked = false;
    shown = view.version();
    long began = System.nanoTime();
    Set<StudyId> wanted =
        readers.stream()
            .filter(reader -> reader.wanted().detail())
            .flatMap(reader -> reader.wanted().study().stream())
            .collect(Collectors.toSet());
    vertx
        .executeBlocking(() -> Snapshot.of(view, summaries.of(view), views, wanted), true)
        .onSuccess(snapshot -> readers.forEach(reader -> reader.offer(snapshot)))
        .onComplete(
            _ -> {
              making = false;
              long end = System.nanoTime();
              due = Math.max(began + SNAPSHOT_NANOS, end + REST * (end - began));
            });
  }
}
