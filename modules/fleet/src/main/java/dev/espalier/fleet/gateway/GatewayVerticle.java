package dev.espalier.fleet.gateway;

import dev.espalier.domain.task.Artifacts;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Connection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The HTTP server: the page, the interface for programs, streams, health and meters. */
public final class GatewayVerticle extends VerticleBase implements Pulse {

  private final Address address;
  private final Connection connection;
  private final Board board;
  private final Views views;
  private final Submissions submissions;
  private final Artifacts artifacts;
  private final Optional<Heeded> heeded;
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
   * @param connection where the log is read from again, for readers that come back
   * @param board what it shows
   * @param artifacts where it finds the bytes that it is asked for
   * @param heeded what it has to do with triggers; absent where it was given none
   * @param pulses what the roles of this process tell about their health; may grow
   */
  public GatewayVerticle(
      Address address,
      Connection connection,
      Board board,
      Views views,
      Submissions submissions,
      Artifacts artifacts,
      Optional<Heeded> heeded,
      PrometheusMeterRegistry registry,
      ClientMeters clients,
      List<Pulse> pulses) {
    this.address = address;
    this.connection = connection;
    this.board = board;
    this.views = views;
    this.submissions = submissions;
    this.artifacts = artifacts;
    this.heeded = heeded;
    this.registry = registry;
    this.clients = clients;
    this.pulses = pulses;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(Manners.limits())
        .requestHandler(router())
        .invalidRequestHandler(Manners::refuseInvalid)
        .listen(address.port(), address.host())
        .onSuccess(listening -> server = Optional.of(listening));
  }

  /** Every route that is served, and how. */
  Router router() {
    ApiDocument document = ApiDocument.load();
    Manners manners = new Manners(document);
    Router router = Router.router(vertx);
    manners.mountFirst(router);
    Page.mount(router);
    document.mount(router);
    LogDocument.load().mount(router);
    Problem.mount(router);
    new StudyRoutes(vertx, board, views).mount(router);
    new GraphRoute(vertx, board, views).mount(router);
    new SubmitRoute(vertx, board, submissions).mount(router);
    new WishRoutes(vertx, board, views, submissions).mount(router);
    new TaskRoutes(vertx, board, views).mount(router);
    new AttemptRoutes(vertx, board, views, connection).mount(router);
    new DeadLetterRoutes(vertx, connection, Clock.systemUTC()).mount(router);
    new FindingRoutes(vertx, board, views, artifacts).mount(router);
    new EventRoute(vertx, heeded, registry).mount(router);
    new TriggerRoutes(vertx, heeded).mount(router);
    new DryRunRoute(vertx, heeded, submissions).mount(router);
    new EventStreams(vertx, board, views, connection, registry).mount(router);
    new Operations(vertx, pulses, registry, clients).mount(router);
    manners.mountLast(router);
    return router;
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
