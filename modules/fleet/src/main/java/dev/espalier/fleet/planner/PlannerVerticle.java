package dev.espalier.fleet.planner;

import dev.espalier.domain.task.Naming;
import dev.espalier.fleet.loop.Loop;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Sharing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The planner of a log: of any number that are started, the newest is active, and those before it
 * stand by from their next word on, until nobody plans any more. It holds nothing that is not on
 * the log.
 */
public final class PlannerVerticle extends VerticleBase implements Pulse {
  private final Settings settings;
  private final MeterRegistry registry;
  private final ClientMeters clients;
  private final Consumer<Throwable> unwell;
  private volatile Optional<Active> active = Optional.empty();
  private volatile Optional<Loop> loop = Optional.empty();

  /**
   * What a planner is made of.
   *
   * @param connection the log
   * @param sharing as the task topics were created with
   * @param naming how tasks get their names
   * @param clock what it dates releases by, and measures silence with
   * @param aloneSince when this process started the broker, if it did: whatever attempts said
   *     before was said by processes that are gone or can reach this broker no more. Were that
   *     wrong of one, the next claim would fence it: it would have worked in vain, and nothing
   *     would happen twice
   */
  public record Settings(
      Connection connection,
      Sharing sharing,
      Naming naming,
      Clock clock,
      Optional<Instant> aloneSince) {}

  /**
   * A planner.
   *
   * @param unwell told when it cannot go on
   */
  public PlannerVerticle(
      Settings settings, MeterRegistry registry, ClientMeters clients, Consumer<Throwable> unwell) {
    this.settings = settings;
    this.registry = registry;
    this.clients = clients;
    this.unwell = unwell;
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(
        () -> {
          Active planner = new Active(settings, registry, clients);
          active = Optional.of(planner);
          loop = Optional.of(Loop.start(title(), planner, unwell));
          return title();
        },
        false);
  }

  @Override
  public Future<?> stop() {
    return vertx.executeBlocking(
        () -> {
          loop.ifPresent(Loop::close);
          return title();
        },
        false);
  }

  @Override
  public String title() {
    return "planner";
  }

  @Override
  public boolean lives() {
    return loop.filter(Loop::lives).isPresent();
  }

  @Override
  public boolean isReady() {
    return loop.filter(Loop::isWell).isPresent()
        && lives()
        && active.filter(Active::isCaughtUp).isPresent();
  }
}
