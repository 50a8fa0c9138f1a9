package dev.espalier.cli.progress;

import dev.espalier.cli.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** Writes progress as text: a block of lines for a terminal, one line for a log. */
final class ProgressText {
  private static final int BAR = 24;

  private ProgressText() {}

  /** The whole state, a headline and a line a slot. */
  static List<String> block(StudyProgress progress) {
    List<String> lines = new ArrayList<>();
    int full = (int) Math.floor(BAR * progress.done());
    lines.add(
        "%s  %s%s  %s"
            .formatted(
                progress.name(), "━".repeat(full), "╌".repeat(BAR - full), counts(progress)));
    progress.running().forEach(task -> lines.add("  " + describe(task)));
    return lines;
  }

  /** The whole state in one line. */
  static String line(StudyProgress progress) {
    List<String> running = progress.running().stream().map(ProgressText::brief).toList();
    return counts(progress) + (running.isEmpty() ? "" : "; " + String.join("; ", running));
  }

  private static String counts(StudyProgress progress) {
    String counts =
        "%d of %d rounds, %d of %d tasks"
            .formatted(
                progress.roundsDone(), progress.rounds(), progress.tasksDone(), progress.tasks());
    String failed = progress.failed() == 0 ? "" : ", %d failed".formatted(progress.failed());
    return counts
        + failed
        + progress.left().map(left -> ", about " + Figures.time(left) + " left").orElse("");
  }

  private static String describe(RunningTask task) {
    return task.progress().steps() == 0
        ? "%-36s beginning".formatted(task.task())
        : "%-36s epoch %d/%d  %7s images/s  density %6s  accuracy %s"
            .formatted(
                task.task(),
                epoch(task),
                task.progress().epochs(),
                speed(task),
                density(task),
                accuracy(task));
  }

  private static String brief(RunningTask task) {
    return task.progress().steps() == 0
        ? task.task()
        : "%s epoch %d/%d %s images/s density %s accuracy %s"
            .formatted(
                task.task(),
                epoch(task),
                task.progress().epochs(),
                speed(task),
                density(task),
                accuracy(task));
  }

  /** Counted from 1, as people count; the last one once all steps are done. */
  private static int epoch(RunningTask task) {
    return Math.min(task.progress().epoch() + 1, task.progress().epochs());
  }

  private static String speed(RunningTask task) {
    double speed = task.progress().imagesPerSecond();
    return speed > 0 ? Figures.count(Math.round(speed)) : "–";
  }

  private static String density(RunningTask task) {
    return task.density().map(Figures::density).orElse("–");
  }

  private static String accuracy(RunningTask task) {
    return task.accuracy().map(value -> Figures.percent(value) + " %").orElse("–");
  }
}
