package dev.espalier.cli.command;

import dev.espalier.cli.machine.Shares;
import dev.espalier.cli.session.Part;
import dev.espalier.cli.session.Service;
import dev.espalier.cli.session.Settings;
import dev.espalier.cli.session.Stop;
import dev.espalier.cli.session.UnwellException;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.fleet.Pace;
import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.kafka.DirectoryInUseException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier up}, and {@code espalier worker} and so on: roles that stay up. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Plays roles of a fleet in this process until it is told to stop, on a log of Kafka and a"
          + " store that all processes of the fleet share. Says in one line when it is ready.",
      "Told to stop (Ctrl-C, SIGTERM), it takes nothing new, leaves a checkpoint of what it is"
          + " at, and goes within --grace; another worker goes on from there.",
      "Without --kafka it keeps a log of its own in --work."
    })
final class UpCommand implements Callable<Integer> {
  private static final Duration CLOSING = Duration.ofSeconds(30);

  @Mixin private final KafkaOptions kafka;
  @Mixin private final SharingOptions sharing = new SharingOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "NAME",
      description =
          "Which: ${COMPLETION-CANDIDATES} (default: all, without broker where --kafka is given).")
  private List<Part> roles;

  @Option(
      names = "--store",
      paramLabel = "PLACE",
      description =
          "Where artifacts are kept, shared by all workers: a folder, file:/FOLDER or"
              + " s3://BUCKET/PREFIX (default: in --work).")
  private Optional<String> store = Optional.empty();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = ".espalier",
      description = "Where this process keeps its own things (default: ${DEFAULT-VALUE}).")
  private Path work = Path.of(".espalier");

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "Where the gateway listens (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "The gateway's port (default: any free one).")
  private int port;

  @Option(
      names = "--checkpoints",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "The time between the checkpoints of a task, 1 to ten locks: as much work is lost with a"
              + " worker at most (default: ${DEFAULT-VALUE}).")
  private int checkpoints = 15;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description =
          "How long tasks may take to reach a checkpoint when the process stops (default:"
              + " ${DEFAULT-VALUE}).")
  private int grace = 20;

  @Option(
      names = "--triggers",
      paramLabel = "FILE",
      description =
          "Which events from outside start which studies; heeded by one gateway of a fleet at a"
              + " time.")
  private Optional<Path> triggers = Optional.empty();

  private final PrintStream out;

  /**
   * The command.
   *
   * @param usual the roles unless told otherwise; none for those that {@code --kafka} decides
   */
  UpCommand(PrintStream out, PrintStream err, Set<Part> usual) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
    this.roles = new ArrayList<>(usual);
  }

  @Override
  public Integer call() {
    LogFile.in(work);
    Set<Part> parts = parts();
    if (parts.contains(Part.GATEWAY)) {
      requireLoopback();
    }
    Pace pace = pace();
    Service service =
        new Service(settings(), parts, sharing.sharing(), host, pace.grace(), triggersOf(parts));
    try (Stop stop = Stop.onSignals(pace.grace().plus(CLOSING))) {
      if (parts.contains(Part.BROKER)) {
        service.runWithBroker(kafka.prefix(), stop, out::println);
      } else {
        service.run(kafka.connection(), stop, out::println);
      }
      return Exit.OK;
    } catch (DirectoryInUseException e) {
      throw RefusedException.environment(e);
    } catch (IllegalArgumentException e) { // such as a store at an address of no known kind
      throw RefusedException.usage(e);
    } catch (ArtifactsException e) {
      throw RefusedException.environment(e);
    } catch (UnwellException e) {
      throw RefusedException.broken(e);
    }
  }

  private Optional<Triggers> triggersOf(Set<Part> parts) {
    if (triggers.isPresent() && !parts.contains(Part.GATEWAY)) {
      throw RefusedException.usage(
          "expected the role gateway, which heeds --triggers, got " + parts);
    }
    return triggers.map(TriggersInput::read);
  }

  private Pace pace() {
    try {
      return new Pace(
          sharing.sharing().lock(), Duration.ofSeconds(checkpoints), Duration.ofSeconds(grace));
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private Set<Part> parts() {
    Set<Part> parts = EnumSet.allOf(Part.class);
    if (!roles.isEmpty()) {
      parts.retainAll(roles);
    } else if (kafka.isGiven()) {
      parts.remove(Part.BROKER);
    }
    if (parts.contains(Part.BROKER) && kafka.isGiven()) {
      throw RefusedException.usage(
          "expected the role broker, which keeps a log in this process, or the brokers of --kafka,"
              + " got both");
    }
    return parts;
  }

  private void requireLoopback() {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw RefusedException.usage(
            ("expected the gateway to listen to this machine alone, such as at 127.0.0.1, got %s:"
                    + " it asks nobody who they are")
                .formatted(host));
      }
    } catch (UnknownHostException e) {
      throw RefusedException.usage("expected an address of this machine, got " + host);
    }
  }

  private Settings settings() {
    Shares shares = machine.shares();
    String provider = machine.provider(shares.threads());
    try {
      return new Settings(
          work,
          store.orElseGet(() -> work.resolve(Settings.ARTIFACTS).toString()),
          shares.slots(),
          shares.threads(),
          machine.inputThreads(),
          port,
          provider,
          data.folders(),
          Duration.ofSeconds(checkpoints));
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
