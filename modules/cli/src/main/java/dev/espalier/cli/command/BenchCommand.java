package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.espalier.cli.bench.BenchReport;
import dev.espalier.cli.bench.ProfileReport;
import dev.espalier.compute.bench.Bench;
import dev.espalier.compute.bench.Findings;
import dev.espalier.compute.bench.Load;
import dev.espalier.compute.bench.PruningTime;
import dev.espalier.compute.bench.Speed;
import dev.espalier.compute.onednn.Choices;
import dev.espalier.compute.onednn.Tuner;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Precision;
import dev.espalier.wire.Json;
import dev.espalier.wire.UnreadableJsonException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier bench}: measures what this machine can do. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Measures how many images a second this machine trains and evaluates a network on, what"
          + " share of its matrix products that is, and how long pruning takes.",
      "The share counts the multiply-adds of convolutions and dense layers, none of them with"
          + " padding, and forward and backward three times those of evaluation, but for layers"
          + " that read the images, which have nothing to pass back to; against products of"
          + " 2048 x 2048 matrices. Winograd's filtering needs fewer, so a share may be above"
          + " 100 %%.",
      "With --tune it measures which implementation each of the network's convolutions is fastest"
          + " in, for the table of this kind of processor. ESPALIER_CHOICES names such a file where"
          + " it is to be used instead of the one that is shipped."
    })
final class BenchCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "resnet20",
      description = "The network, as a study names it (default: ${DEFAULT-VALUE}).")
  private String network = "resnet20";

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Rows, and columns, of a picture (default: ${DEFAULT-VALUE}).")
  private int size = 32;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images a step (default: ${DEFAULT-VALUE}).")
  private int batch = 128;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that a step uses (default: ${DEFAULT-VALUE}, as a task does).")
  private int threads = 1;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description = "The number format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long to measure, about (default: ${DEFAULT-VALUE}).")
  private double seconds = 10;

  @Option(
      names = "--weights",
      paramLabel = "N",
      defaultValue = "25000000",
      description = "How many weights to prune (default: ${DEFAULT-VALUE}).")
  private int weights = 25_000_000;

  @Option(names = "--json", description = "Print a JSON object: medians, and what was best.")
  private boolean json;

  @Option(
      names = "--profile",
      description = "Tell what the time of a training step is spent on instead, by kernel.")
  private boolean profile;

  @Option(
      names = "--tune",
      paramLabel = "FILE",
      description =
          "Measure implementations instead, and put the fastest into this table, which is made if"
              + " it is not there.")
  private Optional<Path> table = Optional.empty();

  private final PrintStream out;

  BenchCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    Load load = load();
    Duration time = Duration.ofNanos((long) (seconds * NANOS));
    try {
      if (table.isPresent()) {
        tune(load, table.get());
        return Exit.OK;
      }
      if (profile) {
        ProfileReport report = new ProfileReport(load, Bench.profile(load, time));
        out.print(json ? report.json() + "\n" : report.forTerminal());
        return Exit.OK;
      }
      Findings findings = Bench.measure(load, time);
      BenchReport report = new BenchReport(load, findings, weights, pruning(time.dividedBy(10)));
      out.print(json ? report.json() + "\n" : report.forTerminal());
      return Exit.OK;
    } catch (IllegalArgumentException e) { // such as pictures too small for the network
      throw RefusedException.usage(e);
    } catch (UnsupportedOperationException e) {
      throw RefusedException.environment(e);
    } catch (OutOfMemoryError e) {
      throw RefusedException.environment(
          "expected enough memory for batch %d of %s and %d weights, got %s"
              .formatted(batch, network, weights, e.getMessage()));
    }
  }

  private void tune(Load load, Path file) {
    try {
      Choices before =
          Files.exists(file)
              ? Choices.parse(Files.readString(file), file.toString())
              : Choices.none();
      Tuner tuner = new Tuner(load.batch(), load.precision(), load.threads(), out::println);
      Choices choices = before.and(tuner.tune(load.architecture()));
      Files.writeString(file, choices.toString());
      out.printf("%nTable %s for %s: %s%n", choices.digest().brief(), Tuner.kind(), file);
    } catch (IOException e) {
      throw RefusedException.environment(
          "expected to read and write %s, got %s".formatted(file, e));
    }
  }

  private Load load() {
    if (!(seconds > 0) || seconds > Duration.ofDays(1).toSeconds() || weights < 1) {
      throw RefusedException.usage(
          "expected more than 0 seconds, at most a day, and at least 1 weight, got %s and %d"
              .formatted(seconds, weights));
    }
    try {
      Network named = Json.read(TextNode.valueOf(network), Network.class);
      return new Load(named, size, batch, threads, precision);
    } catch (UnreadableJsonException e) {
      throw RefusedException.usage("--network: " + e.reason());
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private Speed pruning(Duration time) {
    try (PruningTime pruning = new PruningTime(weights, threads)) {
      return pruning.measure(time);
    }
  }
}
