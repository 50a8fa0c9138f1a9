package dev.espalier.cli.session;

import dev.espalier.compute.Workbench;
import dev.espalier.compute.WorkbenchSettings;
import dev.espalier.compute.data.DataException;
import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.store.Stores;
import dev.espalier.wire.CanonicalNaming;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Starts the roles of this process with what they work with. */
final class Roles {
  private static final String LOOPBACK = "127.0.0.1";

  private Roles() {}

  /**
   * All roles, on a log that this process hosts.
   *
   * @param opened a time before this process started the log: no attempt from before lives
   * @param unwell told when a role cannot go on
   */
  static Fleet all(
      Settings settings, Connection connection, Instant opened, Consumer<Throwable> unwell) {
    FleetSettings all =
        FleetSettings.all(connection)
            .withSlots(settings.slots())
            .at(LOOPBACK, settings.port())
            .aloneSince(opened);
    return Fleet.start(all, tools(settings), unwell);
  }

  /** What it takes to see how the work of another process goes. */
  static Fleet watching(Settings settings, Connection connection, Consumer<Throwable> unwell) {
    FleetSettings watching = FleetSettings.all(connection).as(Set.of(Role.AGGREGATOR));
    return Fleet.start(watching, tools(settings), unwell);
  }

  /** Some roles, on a log that others may share. */
  static Fleet playing(FleetSettings playing, Settings settings, Consumer<Throwable> unwell) {
    return Fleet.start(playing, tools(settings), unwell);
  }

  private static Tools tools(Settings settings) {
    Clock clock = Clock.systemUTC();
    Artifacts artifacts = Stores.open(settings.store());
    WorkbenchSettings bench =
        new WorkbenchSettings(
            settings.provider(),
            settings.threads(),
            settings.inputThreads(),
            settings.data(),
            settings.checkpoints());
    Workbench workbench = new Workbench(bench, artifacts, clock);
    return new Tools(
        workbench::run, artifacts, new CanonicalNaming(), spec -> pinned(spec, settings), clock);
  }

  private static DataSpec pinned(DataSpec spec, Settings settings) {
    try {
      return Datasets.pin(spec, settings.data());
    } catch (DataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
