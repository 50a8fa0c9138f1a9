package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Espalier;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An {@code espalier} command in a process of its own. */
final class RoleProcess {
  private static final int PATIENCE_SECONDS = 240;

  private final List<String> args;
  private final Path errors;
  private final Process process;
  private final BufferedReader lines;

  private RoleProcess(List<String> args, Path errors, Process process) {
    this.args = args;
    this.errors = errors;
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the command that {@code args} spell; its complaints go to a file of {@code folder}. */
  static RoleProcess start(List<String> args, Path folder, int number) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx400m"));
    command.add("-XX:+UseSerialGC");
    if (!args.contains("worker")) {
      command.add("-XX:TieredStopAtLevel=1"); // starts quickly; only arithmetic needs more
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Espalier.class.getName());
    command.addAll(args);
    Path errors = folder.resolve("errors-" + number);
    return new RoleProcess(
        args,
        errors,
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start());
  }

  /** The line that says that it is ready; Java may say something else first. */
  String ready() {
    Optional<String> line = lines.lines().filter(said -> said.startsWith("ready: ")).findFirst();
    assertThat(line).as("%s, see %s", args, errors).isPresent();
    return line.orElseThrow();
  }

  /** Whether {@code worker} is a slot of this process. */
  boolean works(String worker) {
    return worker.contains("-" + process.pid() + "-");
  }

  /** Tells it politely to stop. */
  void stop() {
    process.destroy();
  }

  /** How it ended, waiting for that. */
  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
