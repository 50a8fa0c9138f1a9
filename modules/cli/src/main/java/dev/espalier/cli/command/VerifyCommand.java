package dev.espalier.cli.command;

import dev.espalier.cli.session.History;
import dev.espalier.cli.session.Recomputation;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.provenance.Finding;
import dev.espalier.domain.provenance.Inspection;
import dev.espalier.domain.provenance.Origin;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import dev.espalier.store.ArtifactStore;
import dev.espalier.wire.CanonicalNaming;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier verify}: where something comes from, and whether it is what was found. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says where a mask, weights, or the figures of a task or of a whole study come from: study,"
          + " task, attempt, parents, data, version. Then looks whether all is there and as it was"
          + " found: bytes, counts, that nothing removed is back, lineage.",
      "Ends with " + Exit.FAILED + " when something is not."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIGEST",
      description = "Of a mask, weights, evidence, task or study, or the beginning of it.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in: the parameter is required
  private String digest;

  @Mixin private final KafkaOptions kafka;
  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--recompute",
      description = "Works on each task once more, on this machine, and compares what comes of it.")
  private boolean recompute;

  @Mixin private final DataOptions data = new DataOptions();
  private final PrintStream out;
  private final Naming naming = new CanonicalNaming();

  VerifyCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.READER);
    Standings standings = History.of(connection);
    List<Origin> origins = Origin.of(wanted(standings), standings, naming);
    int wrong = 0;
    try (ArtifactStore artifacts = store.open()) {
      for (Origin origin : origins) {
        tell(origin);
        List<Finding> findings = new ArrayList<>(Inspection.of(origin, standings, artifacts));
        if (recompute) {
          findings.addAll(computedAgain(origin, standings, artifacts));
        }
        findings.forEach(this::tell);
        wrong += (int) findings.stream().filter(one -> one.wrong().isPresent()).count();
      }
    }
    out.printf(
        Locale.ROOT,
        "%d task%s, %s%n",
        origins.size(),
        origins.size() == 1 ? "" : "s",
        wrong == 0 ? "all as it was found" : wrong + " wrong");
    return wrong == 0 ? Exit.OK : Exit.FAILED;
  }

  private Digest wanted(Standings standings) {
    Set<Digest> named = Origin.named(digest, standings, naming);
    if (named.size() != 1) {
      throw RefusedException.usage(
          "expected one thing that a completed task found, or such a task or its study, of the name"
              + " %s, got %s".formatted(digest, named.isEmpty() ? "none" : named));
    }
    return named.iterator().next();
  }

  private void tell(Origin origin) {
    say("task", "%s, %s".formatted(origin.task(), TaskKind.of(origin.content())));
    for (Place place : origin.node().places()) {
      say("figure", "%s, seed %d, level %d".formatted(place.arm(), place.seed(), place.level()));
    }
    for (StudyWished study : origin.studies()) {
      say("study", study.name() + ", " + study.study());
    }
    say(
        "attempt",
        "%d of %s, %s"
            .formatted(origin.ended().attempt(), origin.ended().worker(), origin.ended().at()));
    for (TaskId parent : origin.content().parents()) {
      say("parent", parent.toString());
    }
    DataSpec images = origin.content().setting().data();
    say("data", images.name() + ", " + images.digest().map(Digest::toString).orElse("not pinned"));
    say("numerics", text(origin.completed().numerics()));
  }

  private static String text(Numerics numerics) {
    return "espalier %s, %s, %s, %d thread%s%s%s"
        .formatted(
            numerics.build(),
            numerics.provider(),
            numerics.processor(),
            numerics.threads(),
            numerics.threads() == 1 ? "" : "s",
            numerics.primitives().map(table -> ", primitives " + table.brief()).orElse(""),
            numerics.mixed() ? ", mixed" : "");
  }

  private void say(String what, String text) {
    out.printf(Locale.ROOT, "%-9s %s%n", what + ":", text);
  }

  private void tell(Finding finding) {
    out.println(
        finding
            .wrong()
            .map(wrong -> "  WRONG  " + finding.looked() + ": " + wrong)
            .orElse("  ok     " + finding.looked()));
  }

  private List<Finding> computedAgain(Origin origin, Standings standings, ArtifactStore artifacts) {
    try {
      Path scratch = Files.createTempDirectory("espalier-verify");
      try {
        return new Recomputation(artifacts, data.folders(), InstantSource.system())
            .of(origin, standings, scratch);
      } catch (UnsupportedOperationException e) {
        throw RefusedException.environment(e);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
