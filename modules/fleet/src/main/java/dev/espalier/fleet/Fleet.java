package dev.espalier.fleet;

import dev.espalier.fleet.aggregator.AggregatorVerticle;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.gateway.GatewayVerticle;
import dev.espalier.fleet.gateway.Heeded;
import dev.espalier.fleet.gateway.Submissions;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.planner.PlannerVerticle;
import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.fleet.trigger.TriggersVerticle;
import dev.espalier.fleet.view.Views;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.EventInbox;
import dev.espalier.kafka.Permissions;
import dev.espalier.kafka.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.micrometer.MicrometerMetricsFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles that this process plays: starts them in the order in which they need each other, and
 * stops them in the reverse one. The roles of one process know nothing of each other but the board;
 * everything else goes through the log.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final String INBOX = "inbox";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FleetSettings settings;
  private final Tools tools;
  private final Consumer<Throwable> unwell;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ClientMeters clients = new ClientMeters(registry);
  private final Board board = new Board();
  private final Views views;
  private final Vertx vertx;
  private final List<Pulse> pulses = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Optional<Submissions> submissions = Optional.empty();
  private Optional<GatewayVerticle> gateway = Optional.empty();
  private Optional<Slots> slots = Optional.empty();

  private Fleet(FleetSettings settings, Tools tools, Consumer<Throwable> unwell) {
    this.settings = settings;
    this.tools = tools;
    this.unwell = unwell;
    this.views = new Views(tools.naming(), settings.slots());
    this.vertx = Vertx.builder().withMetrics(new MicrometerMetricsFactory(registry)).build();
  }

  /**
   * Starts the roles; returns when they work.
   *
   * @param unwell told, by any thread, when a role cannot go on: the process should close this and
   *     be started anew
   * @throws RuntimeException when one does not start; those that did are stopped again
   */
  public static Fleet start(FleetSettings settings, Tools tools, Consumer<Throwable> unwell) {
    Fleet fleet = new Fleet(settings, tools, unwell);
    try {
      fleet.startRoles();
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private void startRoles() {
    open.push(this::closeVertx);
    Topics.ensure(settings.connection(), settings.sharing());
    settings
        .roles()
        .forEach(role -> Permissions.require(settings.connection(), Duty.valueOf(role.name())));
    if (has(Role.GATEWAY) && settings.triggers().isPresent()) {
      Permissions.require(settings.connection(), Duty.TRIGGERS);
    }
    if (has(Role.AGGREGATOR) || has(Role.GATEWAY)) {
      startAggregator();
    }
    if (has(Role.PLANNER)) {
      startPlanner();
    }
    if (has(Role.GATEWAY)) {
      startGateway();
    }
    if (has(Role.WORKER)) {
      startWorkers();
    }
  }

  private boolean has(Role role) {
    return settings.roles().contains(role);
  }

  private void startAggregator() {
    deploy(
        List.of(new AggregatorVerticle(settings.connection(), board, registry, clients, unwell)));
  }

  private void startPlanner() {
    PlannerVerticle.Settings planner =
        new PlannerVerticle.Settings(
            settings.connection(),
            settings.sharing(),
            tools.naming(),
            tools.clock(),
            settings.aloneSince());
    deploy(List.of(new PlannerVerticle(planner, registry, clients, unwell)));
  }

  private void startGateway() {
    Submissions writing = new Submissions(settings.connection(), tools, clients);
    open.push(writing);
    submissions = Optional.of(writing);
    GatewayVerticle doors =
        new GatewayVerticle(
            new GatewayVerticle.Address(settings.host(), settings.port()),
            settings.connection(),
            board,
            views,
            writing,
            tools.artifacts(),
            settings.triggers().map(triggers -> heed(triggers, writing)),
            registry,
            clients,
            pulses);
    deploy(List.of(doors));
    gateway = Optional.of(doors);
  }

  private Heeded heed(Triggers triggers, Submissions writing) {
    EventInbox inbox = EventInbox.open(settings.connection());
    open.push(inbox);
    clients.add(INBOX, inbox::metrics);
    open.push(() -> clients.remove(INBOX));
    TriggersVerticle heeding =
        new TriggersVerticle(
            new TriggersVerticle.Settings(
                settings.connection(), triggers, writing::word, tools.clock()),
            registry,
            clients,
            unwell);
    deploy(List.of(heeding));
    return new Heeded(triggers, inbox, heeding.decisions());
  }

  private void startWorkers() {
    Slots working = new Slots(settings, tools, vertx, registry, clients, pulses);
    open.push(working);
    slots = Optional.of(working);
    working.start(unwell);
  }

  /** Deploys verticles side by side; they will be stopped side by side. */
  private <V extends Deployable & Pulse> void deploy(List<V> verticles) {
    List<Future<String>> started = new ArrayList<>();
    open.push(() -> undeploy(started));
    for (V verticle : verticles) {
      started.add(vertx.deployVerticle(verticle));
      pulses.add(verticle);
    }
    await(Future.all(started), settings);
  }

  private void undeploy(List<Future<String>> started) {
    List<Future<Void>> stopped =
        started.stream().filter(Future::succeeded).map(id -> vertx.undeploy(id.result())).toList();
    await(Future.join(stopped), settings);
  }

  /** What {@code future} ends with, within the time that roles may take to start or stop. */
  static <T> T await(Future<T> future, FleetSettings settings) {
    return await(future, settings.grace().plus(PATIENCE));
  }

  private static <T> T await(Future<T> future, Duration limit) {
    try {
      return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("expected the roles to start or stop within " + limit, e);
    }
  }

  /** Where the newest standings hang; empty of events unless this process aggregates. */
  public Board board() {
    return board;
  }

  /** What is read off the standings. */
  public Views views() {
    return views;
  }

  /** Where studies are submitted; absent unless this process is a gateway. */
  public Optional<Submissions> submissions() {
    return submissions;
  }

  /** Where people and programs find the gateway; absent unless this process is one. */
  public Optional<URI> address() {
    return gateway.map(doors -> URI.create("http://" + settings.host() + ":" + doors.port() + "/"));
  }

  /** The name that this process works under; absent unless it is a worker. */
  public Optional<String> worker() {
    return slots.map(Slots::process);
  }

  /** Ends when the worker of this process was called on to drain, and has. */
  public CompletableFuture<String> drained() {
    return slots.map(Slots::drained).orElseGet(CompletableFuture::new);
  }

  /** Stops the roles: workers leave checkpoints first. Takes at most the grace and a minute. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("a part of the fleet did not stop in order");
      }
    }
  }

  private void closeVertx() {
    await(vertx.close(), PATIENCE);
    registry.close();
  }
}
