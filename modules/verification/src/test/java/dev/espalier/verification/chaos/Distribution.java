package dev.espalier.verification.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What was built: the jar of the command, and the class path that the launcher starts it with. */
final class Distribution {
  private static final Path TARGET = Path.of("../cli/target").toAbsolutePath().normalize();
  private static final Path JAR = TARGET.resolve("espalier-cli.jar");
  private static final Path CLASSPATH = TARGET.resolve("classpath");
  private static final Path NATIVES =
      Path.of(System.getProperty("user.home"), ".cache", "espalier", "natives");

  private Distribution() {}

  /** Whether there is one, of the sources as they were last compiled. */
  static boolean isBuilt() throws IOException {
    if (!Files.exists(JAR) || !Files.exists(CLASSPATH)) {
      return false;
    }
    for (String jar : classpath().split(":", -1)) {
      Path classes = Path.of(jar).resolveSibling("classes");
      if (Files.isDirectory(classes) && isNewer(classes, Path.of(jar))) {
        return false;
      }
    }
    return true;
  }

  private static String classpath() throws IOException {
    return JAR + ":" + Files.readString(CLASSPATH).strip();
  }

  private static boolean isNewer(Path classes, Path jar) throws IOException {
    FileTime built = Files.getLastModifiedTime(jar);
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The command line of a process.
   *
   * @param args what follows {@code espalier}
   * @param computes whether it computes: what does not need not be compiled well
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
    command.addAll(List.of("-cp", classpath()));
    command.add("dev.espalier.cli.Espalier");
    command.addAll(args);
    return command;
  }
}
