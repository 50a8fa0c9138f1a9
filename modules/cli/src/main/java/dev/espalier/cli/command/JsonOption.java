package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Collection;
import picocli.CommandLine.Option;

/** Whether answers are for programs. */
final class JsonOption {
  @Option(
      names = "--json",
      description = "Answers in JSON, in the shapes that the gateway's document describes.")
  private boolean json;

  boolean isGiven() {
    return json;
  }

  /** Prints {@code answer} in one line. */
  static void print(PrintStream out, JsonNode answer) {
    out.println(answer);
  }

  /** Prints {@code answers} as an array, one a line. */
  static void print(PrintStream out, Collection<JsonNode> answers) {
    StringBuilder text = new StringBuilder("[");
    String gap = "\n";
    for (JsonNode answer : answers) {
      text.append(gap).append(answer);
      gap = ",\n";
    }
    out.println(text.append(answers.isEmpty() ? "]" : "\n]"));
  }
}
