package dev.espalier.cli.progress;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** Redraws a block of lines in place, by the control sequences that every terminal knows. */
final class RedrawnView implements ProgressView {
  private static final String CLEAR_BELOW = "\r\u001b[J";
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";

  private final PrintStream out;
  private int drawn;

  RedrawnView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(StudyProgress progress, Instant now) {
    List<String> lines = ProgressText.block(progress);
    // Without wrapping, a narrow window cuts lines short, and the block keeps its height.
    String back = drawn == 0 ? "" : "\u001b[%dA".formatted(drawn);
    out.print(back + CLEAR_BELOW + WRAP_OFF + String.join("\n", lines) + "\n" + WRAP_ON);
    out.flush();
    drawn = lines.size();
  }

  @Override
  public void end() {
    drawn = 0;
  }
}
