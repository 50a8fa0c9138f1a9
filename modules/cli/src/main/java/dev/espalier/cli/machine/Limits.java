package dev.espalier.cli.machine;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the launcher asks before it starts the command: prints, one a line, the flags for Java and
 * the settings for the environment that a command line needs.
 */
public final class Limits {
  private static final Set<String> COMPUTING = Set.of("run", "bench", "up", "worker");
  private static final int USAGE = 2;

  private Limits() {}

  /**
   * Prints them and leaves with 0, or says why it cannot be and leaves with 2.
   *
   * @param args the command line of {@code espalier}
   */
  public static void main(String[] args) {
    System.exit(print(List.of(args), Capacity.here(), System.out, System.err));
  }

  static int print(List<String> line, Capacity capacity, PrintStream out, PrintStream err) {
    if (line.isEmpty() || !COMPUTING.contains(line.getFirst())) {
      return 0;
    }
    boolean alone = line.getFirst().equals("bench");
    OptionalInt slots = alone ? OptionalInt.of(1) : number(line, "--slots");
    try {
      Shares shares = Shares.of(capacity, slots, number(line, "--threads"));
      shares.flags().forEach(out::println);
      shares.environment().forEach(out::println);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("espalier: " + e.getMessage());
      return USAGE;
    }
  }

  /** What follows {@code option}; nothing where that is no number, which the command refuses. */
  private static OptionalInt number(List<String> line, String option) {
    for (int i = 0; i < line.size(); i++) {
      if (line.get(i).startsWith(option + "=")) {
        return parse(line.get(i).substring(option.length() + 1));
      }
      if (line.get(i).equals(option) && i + 1 < line.size()) {
        return parse(line.get(i + 1));
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt parse(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
