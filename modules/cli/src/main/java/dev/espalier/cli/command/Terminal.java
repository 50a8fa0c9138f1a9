package dev.espalier.cli.command;

import dev.espalier.cli.text.Printable;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command's answers and complaints go, and what it is told by the environment.
 *
 * @param out where answers go
 * @param err where complaints go
 * @param environment variables by name
 */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {
  /** Copies the variables. */
  Terminal {
    environment = Map.copyOf(environment);
  }

  /** Prints {@code lines}, in which others may have had a word. */
  void print(Iterable<String> lines) {
    lines.forEach(line -> out.println(Printable.of(line)));
  }
}
