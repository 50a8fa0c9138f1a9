package dev.espalier.cli.screen;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of lines at the bottom of a terminal, redrawn in place; lines that do not fit are counted
 * instead.
 */
public final class Screen {
  private static final String CLEAR_BELOW = "\r\u001b[J";
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");
  private static final int USUAL_HEIGHT = 24;
  private static final int LEAST_HEIGHT = 5;

  private final PrintStream out;
  private int drawn;

  /** A block on {@code out}. */
  public Screen(PrintStream out) {
    this.out = out;
  }

  /**
   * Whether somebody looks at a terminal that lines can be redrawn on.
   *
   * @param environment of the process; {@code NO_COLOR} and a dumb terminal rule it out
   */
  public static boolean isLive(Map<String, String> environment) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "dumb").equals("dumb");
    return !plain && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** How many lines the terminal of this process has. */
  public static int height() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher size = SIZE.matcher(said);
      return size.matches() ? Integer.parseInt(size.group(1)) : USUAL_HEIGHT;
    } catch (IOException e) {
      return USUAL_HEIGHT;
    }
  }

  /**
   * Shows {@code lines} in the place of those before; the first is the headline.
   *
   * @param height how many lines there is room for
   */
  public void show(List<String> lines, int height) {
    List<String> fitting = fitting(lines, Math.max(LEAST_HEIGHT, height - 1));
    // Without wrapping, a narrow window cuts lines short, and the block keeps its height.
    StringBuilder block = new StringBuilder();
    block.append(drawn == 0 ? "" : "\u001b[%dA".formatted(drawn)).append(CLEAR_BELOW);
    block.append(WRAP_OFF);
    for (int i = 0; i < fitting.size(); i++) {
      block.append(i == 0 ? BOLD + fitting.get(i) + PLAIN : fitting.get(i)).append('\n');
    }
    out.print(block.append(WRAP_ON));
    out.flush();
    drawn = fitting.size();
  }

  private static List<String> fitting(List<String> lines, int room) {
    if (lines.size() <= room) {
      return lines;
    }
    List<String> fitting = new ArrayList<>(lines.subList(0, room - 1));
    fitting.add("… %d more lines".formatted(lines.size() - room + 1));
    return fitting;
  }
}
