package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.meter.Meters;
import dev.espalier.fleet.view.Views;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * {@code GET /api/events}: server-sent events {@code overview} and, with {@code ?study=}, {@code
 * study}, sent when they change, at most five times a second. Their ids count the events of the log
 * that they are made of. Belongs to one event loop, but for the count of readers.
 */
final class EventStreams {
  private static final int MOST_READERS = 256;
  private static final long TICK_MILLIS = 200;
  private static final long KEEP_ALIVE_MILLIS = 15_000;
  private static final String RETRY = "retry: 1000\n\n";

  private final Vertx vertx;
  private final Board board;
  private final Views views;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private boolean reading;
  private boolean asked;
  private long shown = -1;

  EventStreams(Vertx vertx, Board board, Views views, MeterRegistry registry) {
    this.vertx = vertx;
    this.board = board;
    this.views = views;
    Meters.STREAM_READERS.gauge(registry, readers::size);
  }

  void mount(Router router) {
    router.get("/api/events").handler(this::open);
    router.head("/api/events").handler(EventStreams::look);
    vertx.setPeriodic(TICK_MILLIS, tick -> refresh());
    vertx.setPeriodic(KEEP_ALIVE_MILLIS, tick -> readers.forEach(Reader::keepAlive));
  }

  private static void look(RoutingContext context) {
    study(context);
    begun(context).end();
  }

  private static Optional<StudyId> study(RoutingContext context) {
    try {
      return Optional.ofNullable(context.queryParams().get("study")).map(StudyId::parse);
    } catch (IllegalArgumentException e) {
      throw Problem.invalidParameter(String.valueOf(e.getMessage())).refusal();
    }
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
    Optional<StudyId> study = study(context);
    HttpServerResponse response = begun(context);
    response.setChunked(true).write(RETRY);
    Reader reader = new Reader(response, study);
    readers.add(reader);
    response.closeHandler(closed -> readers.remove(reader));
    asked = true;
    refresh();
  }

  /** Makes a snapshot when there is something new to show, and never two at a time. */
  private void refresh() {
    boolean fresh = asked || board.view().version() != shown;
    if (readers.isEmpty() || reading || !fresh) {
      return;
    }
    reading = true;
    asked = false;
    Set<StudyId> wanted =
        readers.stream().flatMap(reader -> reader.study().stream()).collect(Collectors.toSet());
    vertx
        .executeBlocking(() -> Snapshot.of(board, views, wanted), false)
        .onSuccess(this::show)
        .onComplete(done -> reading = false);
  }

  private void show(Snapshot snapshot) {
    shown = snapshot.version();
    readers.forEach(reader -> reader.offer(snapshot));
  }
}
