package dev.espalier.kafka;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A broker of one node in this process, its data kept in a directory. Other processes of the same
 * machine may join it.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod"}) // the bodies follow
public final class EmbeddedBroker implements AutoCloseable {
  private final Connection connection;

  private EmbeddedBroker(Connection connection) {
    this.connection = connection;
  }

  /**
   * Starts the broker whose data are in {@code directory}, creating it when there is none. Returns
   * when it takes records; at a fresh port of the loopback interface each time.
   *
   * @throws DirectoryInUseException when another living broker has the directory; {@link #running}
   *     tells how to reach that
   * @throws LogException when it does not start
   */
  public static EmbeddedBroker start(Path directory) {
    throw new UnsupportedOperationException(directory.toString());
  }

  /**
   * How to reach the broker that another living process keeps in {@code directory}; empty when none
   * does.
   */
  public static Optional<Connection> running(Path directory) {
    throw new UnsupportedOperationException(directory.toString());
  }

  /** How to reach this broker. */
  public Connection connection() {
    return connection;
  }

  /** Stops in an orderly way, so that the next start is quick. */
  @Override
  public void close() {
    throw new UnsupportedOperationException(connection.toString());
  }
}
