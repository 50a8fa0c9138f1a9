package dev.espalier.cli.session;

import dev.espalier.cli.report.AtomicFile;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hosts the log of a folder in this process, and all the roles. */
final class Host implements Session {
  private final Settings settings;
  private final Instant opened;
  private final EmbeddedBroker broker;
  private final Standings known;
  private final Publisher publisher;
  private final CompletableFuture<Throwable> trouble = new CompletableFuture<>();
  private Optional<Fleet> fleet = Optional.empty();

  private Host(Settings settings, Instant opened, EmbeddedBroker broker) {
    this.settings = settings;
    this.opened = opened;
    this.broker = broker;
    Topics.ensure(broker.connection(), Sharing.STANDARD);
    this.known = History.of(broker.connection());
    this.publisher = Publisher.open(broker.connection(), "/espalier/run");
  }

  /**
   * Starts the broker of the folder.
   *
   * @param opened the time before
   * @throws dev.espalier.kafka.DirectoryInUseException when another process hosts it
   */
  static Host open(Settings settings, Instant opened) {
    EmbeddedBroker broker = EmbeddedBroker.start(settings.log());
    try {
      return new Host(settings, opened, broker);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  @Override
  public Standings known() {
    return known;
  }

  @Override
  public Board work() {
    Connection connection = broker.connection();
    Fleet working = Roles.all(settings, connection, opened, trouble::complete);
    fleet = Optional.of(working);
    working.address().ifPresent(page -> AtomicFile.write(settings.page(), page + "\n"));
    return working.board();
  }

  @Override
  public Optional<String> page() {
    return fleet.flatMap(Fleet::address).map(Object::toString);
  }

  @Override
  public void publish(Event event) {
    publisher.publish(event);
  }

  @Override
  public boolean hosts() {
    return true;
  }

  @Override
  public boolean isLost() {
    if (trouble.isDone()) {
      throw new IllegalStateException("a role of this process cannot go on", trouble.join());
    }
    return false;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(settings.page());
      fleet.ifPresent(Fleet::close);
      publisher.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      broker.close();
    }
  }
}
