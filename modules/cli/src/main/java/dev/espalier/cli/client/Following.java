package dev.espalier.cli.client;

import dev.espalier.cli.client.GatewayException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The events of a gateway over as many connections as it takes: one that breaks is followed by
 * another, which begins behind the last event that was heard.
 */
public final class Following implements AutoCloseable {
  private static final Duration SOONEST = Duration.ofMillis(200);
  private static final Duration LATEST = Duration.ofSeconds(5);
  private static final Duration LONGEST_AWAY = Duration.ofMinutes(5);

  private final Gateway gateway;
  private final String path;
  private Optional<EventStream> stream;
  private Optional<String> after = Optional.empty();
  private Duration pause = SOONEST;
  private long lost;
  private long retry;

  private Following(Gateway gateway, String path) {
    this.gateway = gateway;
    this.path = path;
    this.stream = Optional.of(connect());
  }

  /**
   * Opens the first connection.
   *
   * @param path of the stream, with its query
   * @throws GatewayException when that cannot be
   */
  public static Following open(Gateway gateway, String path) {
    return new Following(gateway, path);
  }

  private EventStream connect() {
    return new EventStream(gateway.stream(path, after));
  }

  /** Whether there is a connection; where there is none, another is tried for. */
  public boolean isConnected() {
    return stream.isPresent();
  }

  /**
   * The next event; empty when none comes within {@code wait}.
   *
   * @throws GatewayException when the gateway was away for five minutes, or refuses to go on
   */
  public Optional<SentEvent> next(Duration wait) {
    try {
      if (stream.isEmpty() && !reconnect(wait)) {
        return Optional.empty();
      }
      Optional<SentEvent> event = stream.orElseThrow().next(wait);
      event.ifPresent(this::heard);
      return event;
    } catch (EventStream.EndedException e) {
      lose();
      return Optional.empty();
    }
  }

  private void heard(SentEvent event) {
    pause = SOONEST;
    if (!event.id().isEmpty()) {
      after = Optional.of(event.id());
    }
  }

  private void lose() {
    stream.ifPresent(EventStream::close);
    stream = Optional.empty();
    lost = System.nanoTime();
    retry = lost + pause.toNanos();
  }

  private boolean reconnect(Duration wait) {
    long until = Math.min(retry, System.nanoTime() + wait.toNanos());
    while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
    if (System.nanoTime() < retry) {
      return false;
    }
    try {
      stream = Optional.of(connect());
      return true;
    } catch (GatewayException e) {
      if (e.kind() != Kind.AWAY || System.nanoTime() - lost > LONGEST_AWAY.toNanos()) {
        throw e;
      }
      pause = pause.multipliedBy(2).compareTo(LATEST) < 0 ? pause.multipliedBy(2) : LATEST;
      retry = System.nanoTime() + pause.toNanos();
      return false;
    }
  }

  @Override
  public void close() {
    stream.ifPresent(EventStream::close);
  }
}
