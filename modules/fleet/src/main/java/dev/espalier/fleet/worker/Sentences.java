package dev.espalier.fleet.worker;

import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** What attempts say of their work, in words. */
final class Sentences {
  private static final double PERCENT = 100;
  private static final int MILLIS = 1_000;

  private Sentences() {}

  static String began(Optional<String> checkpoint, int attempt, String worker) {
    return checkpoint
        .map(left -> "attempt %d on %s goes on from checkpoint %s".formatted(attempt, worker, left))
        .orElseGet(() -> "attempt %d on %s begins at the beginning".formatted(attempt, worker));
  }

  static String epoch(Progress progress, Map<String, Double> sample) {
    StringJoiner words = new StringJoiner(", ");
    words.add("epoch %d of %d".formatted(progress.epoch(), progress.epochs()));
    words.add("step %d of %d".formatted(progress.step(), progress.steps()));
    number(sample, "train_loss").ifPresent(loss -> words.add("loss " + rounded(loss, 4)));
    number(sample, "test_accuracy")
        .ifPresent(accuracy -> words.add("test accuracy " + percent(accuracy)));
    words.add(rounded(progress.imagesPerSecond(), 0) + " images/s");
    return words.toString();
  }

  private static Optional<Double> number(Map<String, Double> sample, String name) {
    return Optional.ofNullable(sample.get(name));
  }

  static String ended(Outcome outcome, Duration time) {
    String after = " after " + rounded((double) time.toMillis() / MILLIS, 1) + " s";
    return switch (outcome) {
      case Outcome.Completed completed -> "completed" + after + found(completed.result());
      case Outcome.Failed failed -> "failed for good" + after + ": " + failed.failure().message();
    };
  }

  private static String found(Result result) {
    return switch (result) {
      case Result.Pruned pruned ->
          ": test accuracy %s, the mask keeps %s of the weights"
              .formatted(percent(pruned.score().accuracy()), percent(pruned.mask().density()));
      case Result.Evaluated evaluated ->
          ": test accuracy %s at a density of %s"
              .formatted(
                  percent(evaluated.score().accuracy()),
                  percent((double) evaluated.kept() / evaluated.total()));
      case Result.Scored _ -> "";
    };
  }

  private static String percent(double part) {
    return rounded(PERCENT * part, 2) + " %";
  }

  /** The same in every locale. */
  private static String rounded(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** What was thrown and where it came from. */
  static String thrown(Throwable thrown) {
    StringWriter words = new StringWriter();
    thrown.printStackTrace(new PrintWriter(words));
    return words.toString().strip();
  }
}
