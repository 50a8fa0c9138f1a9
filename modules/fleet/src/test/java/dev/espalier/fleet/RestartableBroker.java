package dev.espalier.fleet;

import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.EmbeddedBroker.Listening;
import java.net.URI;
import java.nio.file.Path;

/** A broker that comes back where it was. */
public final class RestartableBroker implements AutoCloseable {
  private final Path folder;
  private EmbeddedBroker running;

  /** Starts one whose data are in {@code folder}; whoever does closes it. */
  public RestartableBroker(Path folder) {
    this.folder = folder;
    this.running = EmbeddedBroker.start(folder);
  }

  /** How it is reached, now and when it is back. */
  public Connection connection() {
    return running.connection();
  }

  /** Starts it again after it was stopped. */
  public void startAgain() {
    int port = URI.create("kafka://" + connection().bootstrap()).getPort();
    running = EmbeddedBroker.start(folder, new Listening(Listening.LOOPBACK.host(), port));
  }

  /** Stops it. */
  public void stop() {
    running.close();
  }

  @Override
  public void close() {
    stop();
  }
}
