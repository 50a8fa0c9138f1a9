package dev.espalier.fleet.gateway;

import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.meter.Meters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Predicate;

/** What whoever runs a process asks it: {@code /health}, {@code /metrics}. */
final class Operations {
  private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final int UNAVAILABLE = 503;
  private static final long LIMIT_MILLIS = 2_000;

  private final Vertx vertx;
  private final List<Pulse> pulses;
  private final PrometheusMeterRegistry registry;
  private final ClientMeters clients;

  /**
   * Operations of a process.
   *
   * @param pulses what the roles tell; may grow
   */
  Operations(
      Vertx vertx, List<Pulse> pulses, PrometheusMeterRegistry registry, ClientMeters clients) {
    this.vertx = vertx;
    this.pulses = pulses;
    this.registry = registry;
    this.clients = clients;
    Meters.READY.gauge(registry, () -> pulses.stream().allMatch(Pulse::isReady) ? 1 : 0);
  }

  void mount(Router router) {
    router.get("/health").handler(context -> health(context, Pulse::isReady));
    router.get("/health/live").handler(context -> health(context, Pulse::lives));
    router.get("/health/ready").handler(context -> health(context, Pulse::isReady));
    router.get("/metrics").handler(this::metrics);
  }

  private void health(RoutingContext context, Predicate<Pulse> isWell) {
    HealthChecks checks = HealthChecks.create(vertx);
    for (Pulse pulse : pulses) {
      checks.register(
          pulse.title(),
          LIMIT_MILLIS,
          promise -> promise.complete(isWell.test(pulse) ? Status.OK() : Status.KO()));
    }
    checks
        .checkStatus()
        .onSuccess(
            result ->
                Answer.json(
                    context,
                    result.getUp() ? 200 : UNAVAILABLE,
                    new JsonObject()
                        .put("status", result.getUp() ? "UP" : "DOWN")
                        .put("checks", result.toJson().getValue("checks"))
                        .toBuffer()))
        .onFailure(context::fail);
  }

  /**
   * In the form of OpenMetrics for who accepts that. Clients of the log are asked on another
   * thread: there may be many figures.
   */
  private void metrics(RoutingContext context) {
    String accepted = String.valueOf(context.request().getHeader("accept"));
    String form = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : EXPOSITION;
    vertx
        .executeBlocking(
            () -> {
              clients.refresh();
              return registry.scrape(form);
            },
            false)
        .onSuccess(text -> context.response().putHeader("content-type", form).end(text))
        .onFailure(context::fail);
  }
}
