package dev.espalier.cli.progress;

import java.io.Console;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;

/** Where progress is shown. */
public sealed interface ProgressView permits ProgressView.Hidden, RedrawnView, LineView {

  /** Shows {@code progress}, which is true at {@code now}, when it is time to. */
  void show(StudyProgress progress, Instant now);

  /** Leaves the last state standing, so that something else can be printed. */
  void end();

  /** Redrawn where {@code out} is a terminal that somebody looks at, else lines. */
  static ProgressView on(PrintStream out) {
    Optional<Console> console = Optional.ofNullable(System.console());
    return console.filter(Console::isTerminal).isPresent()
        ? new RedrawnView(out)
        : new LineView(out);
  }

  /** Shows nothing. */
  final class Hidden implements ProgressView {
    @Override
    public void show(StudyProgress progress, Instant now) {}

    @Override
    public void end() {}
  }
}
