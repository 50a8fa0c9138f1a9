package dev.espalier.cli.command;

import dev.espalier.cli.session.History;
import dev.espalier.cli.session.Named;
import dev.espalier.cli.text.Figures;
import dev.espalier.domain.Digest;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import dev.espalier.kafka.Topic;
import dev.espalier.store.ArtifactStore;
import dev.espalier.store.Blob;
import dev.espalier.store.Garbage;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier gc}: deletes artifacts that nobody can name any more. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Deletes the artifacts of a store that neither the log names nor a checkpoint which the log"
          + " names, and that were put longer ago than --grace. Fleet and studies may go on.",
      "The store must be that of this log alone: what another log names is not known here."
    })
final class GcCommand implements Callable<Integer> {
  private static final Set<Topic> TOPICS = Set.of(Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS);

  @Mixin private final KafkaOptions kafka;
  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(names = "--dry-run", description = "Only says what would be deleted.")
  private boolean dryRun;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = Age.class,
      description = {
        "How long ago an artifact was put at least, such as 36h (default: ${DEFAULT-VALUE}).",
        "Weights that a training has kept are named once its next checkpoint is on the log, so"
            + " this must be longer than workers may compute without reaching the log."
      })
  private Duration grace = Duration.ofDays(7);

  private final PrintStream out;

  GcCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.COLLECTOR);
    try (ArtifactStore artifacts = store.open()) {
      Set<Digest> named = Named.on(() -> History.of(connection, TOPICS), artifacts);
      Garbage garbage = Garbage.in(artifacts, named, grace, InstantSource.system());
      requireAcquainted(connection, artifacts, named, garbage);
      if (dryRun) {
        garbage.blobs().forEach(this::show);
        tell("would be deleted", garbage);
      } else {
        tell("deleted", garbage.collectFrom(artifacts));
      }
    }
    return Exit.OK;
  }

  /** A log that names nothing of a store is more likely the wrong one. */
  private static void requireAcquainted(
      Connection connection, ArtifactStore artifacts, Set<Digest> named, Garbage garbage) {
    AtomicBoolean acquainted = new AtomicBoolean(garbage.blobs().isEmpty());
    artifacts.visit(blob -> acquainted.compareAndSet(false, named.contains(blob.digest())));
    if (!acquainted.get()) {
      throw RefusedException.usage(
          "expected a store of which the log names something, got %s and %s"
              .formatted(artifacts, connection));
    }
  }

  private void show(Blob blob) {
    out.printf(
        Locale.ROOT,
        "%s  put %s  %s bytes%n",
        blob.digest(),
        blob.touched().truncatedTo(ChronoUnit.SECONDS),
        Figures.count(blob.size()));
  }

  private void tell(String done, Garbage garbage) {
    int count = garbage.blobs().size();
    out.printf(
        Locale.ROOT,
        "%s: %d artifact%s, %s bytes, put before %s%n",
        done,
        count,
        count == 1 ? "" : "s",
        Figures.count(garbage.bytes()),
        garbage.before().truncatedTo(ChronoUnit.SECONDS));
  }
}
