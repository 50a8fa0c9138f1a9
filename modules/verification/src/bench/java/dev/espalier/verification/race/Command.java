package dev.espalier.verification.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contestant that is one or more processes side by side, each of which ends its standard output
 * with a JSON object; the figures of all are summed.
 *
 * @param name what the table calls it
 * @param words the command
 * @param environment what it finds in its environment besides ours
 * @param copies how many run side by side
 * @param figures where each figure lies in the object, as JSON pointers
 */
record Command(
    String name,
    List<String> words,
    Map<String, String> environment,
    int copies,
    Map<String, String> figures)
    implements Contestant {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Map<String, Double> run() {
    try {
      List<Process> processes = new ArrayList<>();
      for (int copy = 0; copy < copies; copy++) {
        processes.add(start());
      }
      Map<String, Double> sums = new LinkedHashMap<>();
      for (Process process : processes) {
        JsonNode said = said(process);
        figures.forEach((figure, at) -> sums.merge(figure, said.at(at).asDouble(), Double::sum));
      }
      return sums;
    } catch (IOException e) {
      throw new UncheckedIOException("expected to run " + words, e);
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(Repository.root().toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private JsonNode said(Process process) throws IOException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.onExit().join().exitValue();
    int start = output.indexOf('{');
    if (start < 0 || exit != 0) {
      throw new IllegalStateException(
          "expected %s to print a JSON object, got exit %d and '%s'"
              .formatted(words, exit, output));
    }
    return JSON.readTree(output.substring(start));
  }

  /** Where the repository lies. */
  static final class Repository {
    private Repository() {}

    static Path root() {
      return Path.of("../..").toAbsolutePath().normalize();
    }
  }
}
