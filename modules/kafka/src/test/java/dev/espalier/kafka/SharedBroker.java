package dev.espalier.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One broker for all test classes; every test that takes a {@link Connection} gets topics of its
 * own.
 */
final class SharedBroker implements ParameterResolver {
  /** A lock that nobody outlasts who is only slow. */
  static final Sharing LONG = new Sharing(Duration.ofSeconds(60), 5, 1000);

  /** As short as a broker allows with room to renew; for who waits until it is over. */
  static final Sharing SHORT = new Sharing(Duration.ofSeconds(2), 5, 1000);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Connection.class;
  }

  @Override
  public Connection resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Running running =
        test.getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    Connection own = running.broker().connection().withPrefix("t" + UUID.randomUUID());
    Topics.ensure(own, LONG);
    return own;
  }

  /** The broker and its directory; both go when all tests are over. */
  private record Running(EmbeddedBroker broker, Path directory) implements AutoCloseable {
    static Running start() {
      try {
        Path directory = Files.createTempDirectory("espalier-log");
        return new Running(EmbeddedBroker.start(directory), directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
