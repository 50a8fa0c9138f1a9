package dev.espalier.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Prints a line when something has ended, but at most every five seconds, and otherwise twice a
 * minute: a log stays short, and a silent one means trouble.
 */
final class LineView implements ProgressView {
  private static final Duration SOONEST = Duration.ofSeconds(5);
  private static final Duration LATEST = Duration.ofSeconds(30);

  private final PrintStream out;
  private Instant printed = Instant.MIN;
  private int tasksDone = -1;

  LineView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(StudyProgress progress, Instant now) {
    Duration wait = progress.tasksDone() == tasksDone ? LATEST : SOONEST;
    if (printed.equals(Instant.MIN) || !now.isBefore(printed.plus(wait)) || progress.isOver()) {
      print(progress, now);
    }
  }

  private void print(StudyProgress progress, Instant now) {
    if (progress.isOver() && progress.tasksDone() == tasksDone) {
      return;
    }
    out.println(ProgressText.line(progress));
    out.flush();
    printed = now;
    tasksDone = progress.tasksDone();
  }

  @Override
  public void end() {
    out.flush();
  }
}
