package dev.espalier.cli.session;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes part through the log that another process of this machine hosts, which computes. */
final class Guest implements Session {
  private final Settings settings;
  private final Connection connection;
  private final Standings known;
  private final Publisher publisher;
  private final AtomicBoolean cutOff = new AtomicBoolean();
  private Optional<Fleet> fleet = Optional.empty();

  private Guest(Settings settings, Connection connection) {
    this.settings = settings;
    this.connection = connection;
    this.known = History.of(connection);
    this.publisher = Publisher.open(connection, "/espalier/guest");
  }

  static Optional<Guest> join(Settings settings) {
    return EmbeddedBroker.running(settings.log())
        .map(connection -> new Guest(settings, connection));
  }

  @Override
  public Standings known() {
    return known;
  }

  @Override
  public Board work() {
    Fleet watching = Roles.watching(settings, connection, cause -> cutOff.set(true));
    fleet = Optional.of(watching);
    return watching.board();
  }

  @Override
  public Optional<String> page() {
    try {
      return Optional.of(Files.readString(settings.page()).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void publish(Event event) {
    publisher.publish(event);
  }

  @Override
  public boolean hosts() {
    return false;
  }

  @Override
  public boolean isLost() {
    return cutOff.get() || !EmbeddedBroker.running(settings.log()).equals(Optional.of(connection));
  }

  @Override
  public void close() {
    fleet.ifPresent(Fleet::close);
    publisher.close();
  }
}
