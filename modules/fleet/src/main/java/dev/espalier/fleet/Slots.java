package dev.espalier.fleet;

import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.worker.Calls;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.fleet.worker.WorkerVerticle;
import dev.espalier.fleet.worker.Workshop;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker of this process: its slots, and what they share. They leave when they are called on to
 * drain, or when this is closed, whatever comes first.
 *
 * <p>Where this process alone has a log there is nobody to hand tasks on to, so nobody calls.
 */
final class Slots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  private final FleetSettings settings;
  private final Vertx vertx;
  private final List<Pulse> pulses;
  private final String process;
  private final Workshop workshop;
  private final List<WorkerVerticle> slots = new ArrayList<>();
  private final List<Future<String>> started = new ArrayList<>();
  private final CompletableFuture<String> drained = new CompletableFuture<>();
  private Optional<Calls> calls = Optional.empty();
  private Optional<Future<?>> left = Optional.empty();

  /**
   * Opens the workshop.
   *
   * @param pulses where the slots tell about their health until they leave
   */
  Slots(
      FleetSettings settings,
      Tools tools,
      Vertx vertx,
      MeterRegistry registry,
      ClientMeters clients,
      List<Pulse> pulses) {
    this.settings = settings;
    this.vertx = vertx;
    this.pulses = pulses;
    this.process = nameOf(ProcessHandle.current(), tools.clock());
    this.workshop =
        Workshop.open(
            settings.connection(), settings.sharing(), tools, settings.slots(), registry, clients);
  }

  /** Differs from that of every other process, earlier ones on this machine included. */
  private static String nameOf(ProcessHandle self, Clock clock) {
    String started = Long.toString(clock.millis(), Character.MAX_RADIX);
    return hostName() + "-" + self.pid() + "-" + started;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Begins to work; returns when the slots take tasks. */
  void start(Consumer<Throwable> unwell) {
    for (int slot = 0; slot < settings.slots(); slot++) {
      slots.add(
          new WorkerVerticle(
              settings.connection(),
              settings.sharing(),
              workshop,
              process + "/" + slot,
              settings.grace(),
              unwell));
    }
    slots.forEach(slot -> started.add(vertx.deployVerticle(slot)));
    pulses.addAll(slots);
    Fleet.await(Future.all(started), settings);
    if (settings.aloneSince().isEmpty()) {
      calls = Optional.of(Calls.listen(settings.connection(), process, this::drain, unwell));
    }
  }

  private void drain() {
    LOG.atInfo().addKeyValue("worker", process).log("called on to drain");
    leave().onComplete(ended -> drained.complete(process));
  }

  /** Takes nothing more; ends when every task under way is over or left with a checkpoint. */
  private synchronized Future<?> leave() {
    if (left.isEmpty()) {
      pulses.removeAll(slots);
      left =
          Optional.of(
              Future.join(
                  started.stream()
                      .filter(Future::succeeded)
                      .map(slot -> vertx.undeploy(slot.result()))
                      .toList()));
    }
    return left.get();
  }

  /** The name that it is called on by; its slots claim tasks under this and their number. */
  String process() {
    return process;
  }

  /** Ends when it was called on to drain and has. */
  CompletableFuture<String> drained() {
    return drained;
  }

  @Override
  public void close() {
    try {
      Fleet.await(leave(), settings);
    } finally {
      calls.ifPresent(Calls::close);
      workshop.close();
    }
  }
}
