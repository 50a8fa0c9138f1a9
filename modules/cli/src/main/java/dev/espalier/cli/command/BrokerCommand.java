package dev.espalier.cli.command;

import dev.espalier.cli.session.Stop;
import dev.espalier.kafka.DirectoryInUseException;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.EmbeddedBroker.Listening;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier broker}: the embedded log alone. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Keeps a log for processes of a fleet until told to stop: a Kafka broker of one node,"
          + " without a copy of anything, for tests and small teams.",
      "It asks nobody for a password. Says in one line where it is when it is ready."
    })
final class BrokerCommand implements Callable<Integer> {
  private static final Duration CLOSING = Duration.ofSeconds(30);

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".espalier/kafka",
      description = "Where the log is kept (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of(".espalier/kafka");

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "The address that others reach this machine by (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9092",
      description = "Where to listen; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = 9092;

  private final PrintStream out;
  private final PrintStream err;

  BrokerCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    LogFile.in(directory);
    Listening at = listening();
    try (Stop stop = Stop.onSignals(CLOSING);
        EmbeddedBroker broker = EmbeddedBroker.start(directory, at)) {
      out.println("ready: broker at " + broker.connection().bootstrap());
      stop.await(new CompletableFuture<>());
      return Exit.OK;
    } catch (DirectoryInUseException e) {
      throw RefusedException.environment(e);
    }
  }

  private Listening listening() {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        err.printf(
            "espalier: whoever reaches %s can read and write this log: it asks nobody who they"
                + " are%n",
            host);
      }
      return new Listening(host, port);
    } catch (UnknownHostException e) {
      throw RefusedException.usage("expected an address of this machine, got " + host);
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
