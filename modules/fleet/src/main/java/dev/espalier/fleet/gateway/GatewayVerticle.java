package dev.espalier.fleet.gateway;

import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.view.Views;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: the page, the interface for programs, streams, health and meters. */
public final class GatewayVerticle extends VerticleBase implements Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int BROKEN = 500;

  private final Address address;
  private final Board board;
  private final Views views;
  private final Submissions submissions;
  private final PrometheusMeterRegistry registry;
  private final ClientMeters clients;
  private final List<Pulse> pulses;
  private volatile Optional<HttpServer> server = Optional.empty();

  /**
   * Where to listen.
   *
   * @param host a name or number of this machine
   * @param port 0 takes a free one
   */
  public record Address(String host, int port) {}

  /**
   * A gateway.
   *
   * @param board what it shows
   * @param pulses what the roles of this process tell about their health; may grow
   */
  public GatewayVerticle(
      Address address,
      Board board,
      Views views,
      Submissions submissions,
      PrometheusMeterRegistry registry,
      ClientMeters clients,
      List<Pulse> pulses) {
    this.address = address;
    this.board = board;
    this.views = views;
    this.submissions = submissions;
    this.registry = registry;
    this.clients = clients;
    this.pulses = pulses;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(router())
        .listen(address.port(), address.host())
        .onSuccess(listening -> server = Optional.of(listening));
  }

  private Router router() {
    Router router = Router.router(vertx);
    Page.mount(router);
    new StudyRoutes(vertx, board, views).mount(router);
    new SubmitRoute(vertx, board, submissions).mount(router);
    new EventStreams(vertx, board, views, registry).mount(router);
    new Operations(vertx, pulses, registry, clients).mount(router);
    router.errorHandler(NOT_FOUND, GatewayVerticle::tellNotFound);
    router.errorHandler(TOO_LARGE, GatewayVerticle::tellTooLarge);
    router.errorHandler(BROKEN, GatewayVerticle::tellBroken);
    return router;
  }

  private static void tellNotFound(RoutingContext context) {
    Problem.notFound("expected a path that is served, got " + context.request().path())
        .answer(context);
  }

  private static void tellTooLarge(RoutingContext context) {
    new Problem(TOO_LARGE, "Too large", "expected a study of at most 256 KiB").answer(context);
  }

  private static void tellBroken(RoutingContext context) {
    LOG.atError()
        .addKeyValue("path", context.request().path())
        .setCause(context.failure())
        .log("a request failed");
    new Problem(BROKEN, "Internal error", "the gateway's log says why").answer(context);
  }

  /** The port that it listens at; only after it started. */
  public int port() {
    return server.orElseThrow().actualPort();
  }

  @Override
  public String title() {
    return "gateway";
  }

  @Override
  public boolean lives() {
    return server.isPresent();
  }

  @Override
  public boolean isReady() {
    return lives() && board.view().complete();
  }
}
