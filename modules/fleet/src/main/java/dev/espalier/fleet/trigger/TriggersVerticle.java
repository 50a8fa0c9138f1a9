package dev.espalier.fleet.trigger;

import dev.espalier.fleet.loop.Loop;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Decisions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts studies by triggers: of any number on a log, one at a time. It holds nothing that is not
 * on the log.
 */
public final class TriggersVerticle extends VerticleBase implements Pulse {
  private final Settings settings;
  private final MeterRegistry registry;
  private final ClientMeters clients;
  private final Consumer<Throwable> unwell;
  private final Decisions decisions;
  private volatile Optional<Loop> loop = Optional.empty();

  /**
   * What it is made of.
   *
   * @param connection the log
   * @param triggers what it heeds
   * @param submitting how studies are submitted
   * @param clock what it dates decisions by, and looks at for schedules
   */
  public record Settings(
      Connection connection, Triggers triggers, Submitting submitting, Clock clock) {}

  /**
   * One that heeds triggers.
   *
   * @param unwell told when it cannot go on
   */
  public TriggersVerticle(
      Settings settings, MeterRegistry registry, ClientMeters clients, Consumer<Throwable> unwell) {
    this.settings = settings;
    this.registry = registry;
    this.clients = clients;
    this.unwell = unwell;
    this.decisions = new Decisions(settings.connection());
  }

  /** What it decided, and others before it. */
  public Decisions decisions() {
    return decisions;
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(
        () -> {
          Heeding heeding = new Heeding(settings, decisions, registry, clients);
          loop = Optional.of(Loop.start(title(), heeding, unwell));
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
    return "triggers";
  }

  @Override
  public boolean lives() {
    return loop.filter(Loop::lives).isPresent();
  }

  @Override
  public boolean isReady() {
    return loop.filter(Loop::isWell).isPresent() && lives();
  }
}
