package dev.espalier.fleet.downstream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;

/** An example in a process of its own, which can be killed and started again. */
final class Program implements AutoCloseable {
  private static final Path EXAMPLES = Path.of("../../src/examples/consumers");
  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> command;
  private final Path told;
  private final Path errors;
  private Optional<Process> process = Optional.empty();

  private Program(String name, List<String> interpreter, String brokers, Path folder) {
    told = folder.resolve(name + ".jsonl");
    errors = folder.resolve(name + ".err");
    command = new ArrayList<>(interpreter);
    command.add(EXAMPLES.resolve(name).toString());
    command.addAll(List.of(brokers, "group of " + name, told.toString()));
    command.add("group.instance.id=one"); // whoever is started again takes over at once
  }

  /** The example in Java, with Kafka's client, Jackson and what they need, and nothing else. */
  static Program java(String brokers, Path folder) {
    String path =
        Stream.of(
                KafkaConsumer.class,
                JsonMapper.class,
                JsonFactory.class,
                JsonProperty.class,
                Logger.class)
            .map(Program::jarOf)
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> interpreter =
        List.of(java, "-Xmx200m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    return new Program(
        "Follow.java",
        Stream.concat(interpreter.stream(), Stream.of("--class-path", path)).toList(),
        brokers,
        folder);
  }

  private static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The example in Python; empty where there is no client of Kafka for it. */
  static Optional<Program> python(String brokers, Path folder) {
    return Stream.of("/usr/bin/python3", "python3")
        .filter(Program::hasClient)
        .findFirst()
        .map(python -> new Program("follow.py", List.of(python), brokers, folder));
  }

  private static boolean hasClient(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import confluent_kafka")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  void start() {
    try {
      process =
          Optional.of(
              new ProcessBuilder(command)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                  .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    process.ifPresent(one -> one.destroyForcibly().onExit().join());
  }

  /** Whether it goes on. */
  boolean isAlive() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** What it has told so far: of lines with the same key the last. */
  Map<String, JsonNode> told() {
    Map<String, JsonNode> known = new TreeMap<>();
    try {
      String text = Files.exists(told) ? Files.readString(told) : "";
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        ObjectNode tree = (ObjectNode) JSON.readTree(line);
        known.put(tree.remove("key").asText(), tree);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return known;
  }

  /** What it complained of, by which it is called here. */
  @Override
  public String toString() {
    try {
      return command + (Files.exists(errors) ? "\n" + Files.readString(errors) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
