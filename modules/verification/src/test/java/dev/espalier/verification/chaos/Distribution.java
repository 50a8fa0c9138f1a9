package dev.espalier.verification.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was built: the jar of the command, and the class path that the launcher starts it with. */
final class Distribution {
  private static final Path TARGET = Path.of("../cli/target").toAbsolutePath().normalize();
  private static final Path JAR = TARGET.resolve("espalier-cli.jar");
  private static final Path CLASSPATH = TARGET.resolve("classpath");
  private static final Path NATIVES =
      Path.of(System.getProperty("user.home"), ".cache", "espalier", "natives");

  private Distribution() {}

  /** Whether there is one. */
  static boolean isBuilt() {
    return Files.exists(JAR) && Files.exists(CLASSPATH);
  }

  /**
   * The command line of a process.
   *
   * @param args what follows {@code espalier}
   * @param computes whether it computes: what does not starts quicker
   */
  static List<String> command(List<String> args, boolean computes) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms64m", "-Xmx400m", "-XX:+UseSerialGC"));
    if (!computes) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + NATIVES);
    command.add("-Dorg.bytedeco.javacpp.logger=slf4j");
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-cp", JAR + ":" + Files.readString(CLASSPATH).strip()));
    command.add("dev.espalier.cli.Espalier");
    command.addAll(args);
    return command;
  }
}
