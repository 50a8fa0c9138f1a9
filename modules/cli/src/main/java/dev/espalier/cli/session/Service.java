package dev.espalier.cli.session;

import dev.espalier.cli.report.AtomicFile;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.LogException;
import dev.espalier.kafka.Sharing;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays roles of a fleet until told to stop.
 *
 * @param settings what the roles work with
 * @param parts what the process does
 * @param sharing how tasks are shared out; the same for every process of the log
 * @param host where its gateway listens
 * @param grace how long tasks may take to reach a checkpoint when the process stops
 * @param triggers what its gateway heeds; absent where it heeds none
 */
public record Service(
    Settings settings,
    Set<Part> parts,
    Sharing sharing,
    String host,
    Duration grace,
    Optional<Triggers> triggers) {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** Copies the parts. */
  public Service {
    parts = Set.copyOf(parts);
  }

  /**
   * Keeps the log in this process, and plays the roles on it.
   *
   * @param prefix what all topics begin with
   * @throws dev.espalier.kafka.DirectoryInUseException when another process keeps it
   */
  public void runWithBroker(String prefix, Stop stop, Consumer<String> ready) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings.log())) {
      run(broker.connection().withPrefix(prefix), stop, ready);
    }
  }

  /**
   * Plays the roles on a log that others keep.
   *
   * @param ready told one line when all work
   * @throws LogException when the log cannot be used
   * @throws UnwellException when a role cannot go on for another reason
   */
  public void run(Connection connection, Stop stop, Consumer<String> ready) {
    CompletableFuture<Throwable> trouble = new CompletableFuture<>();
    try (Fleet fleet = Roles.playing(fleetSettings(connection), settings, trouble::complete)) {
      Optional<URI> page = fleet.address();
      page.ifPresent(address -> AtomicFile.write(settings.page(), address + "\n"));
      ready.accept(line(connection, fleet));
      stop.await(CompletableFuture.anyOf(trouble, over(fleet)));
      forget(page);
    }
    if (trouble.isDone()) {
      throw unwell(trouble.join());
    }
  }

  /** Clients in this folder then look for a gateway elsewhere. */
  private void forget(Optional<URI> page) {
    if (page.isPresent()) {
      AtomicFile.delete(settings.page());
    }
  }

  /** A process that works and nothing else is over when it was called on to drain. */
  private CompletableFuture<?> over(Fleet fleet) {
    return parts.equals(Set.of(Part.WORKER)) ? fleet.drained() : new CompletableFuture<>();
  }

  private FleetSettings fleetSettings(Connection connection) {
    FleetSettings playing =
        FleetSettings.all(connection)
            .sharing(sharing)
            .as(Part.roles(parts))
            .withSlots(settings.slots())
            .at(host, settings.port())
            .withGrace(grace);
    return triggers.map(playing::heeding).orElse(playing);
  }

  private String line(Connection connection, Fleet fleet) {
    String names =
        new TreeSet<>(parts).stream().map(Part::toString).collect(Collectors.joining(", "));
    String page = fleet.address().map(address -> ", live at " + address).orElse("");
    String slots = fleet.worker().map(this::slots).orElse("");
    return "ready: %s of %s%s%s".formatted(names, connection, slots, page);
  }

  private String slots(String worker) {
    int slots = settings.slots();
    return ", %d slot%s of %s".formatted(slots, slots == 1 ? "" : "s", worker);
  }

  private static RuntimeException unwell(Throwable thrown) {
    LOG.atError().setCause(thrown).log("a role cannot go on");
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogException log) {
        return log;
      }
    }
    return new UnwellException(thrown);
  }
}
