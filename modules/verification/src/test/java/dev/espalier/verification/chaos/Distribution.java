package dev.espalier.verification.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What was built: the jar of the command, and the class path that the launcher starts it with. */
final class Distribution {
  private static final Path TARGET = Path.of("../cli/target").toAbsolutePath().normalize();
  private static final Path JAR = TARGET.resolve("espalier-cli.jar");
  private static final Path CLASSPATH = TARGET.resolve("classpath");
  private static final Path NATIVES =
      Path.of(System.getProperty("user.home"), ".cache", "espalier", "natives");

  /** As the launcher sets it: nobody computes on more than one thread, or waits by turning. */
  static final Map<String, String> ENVIRONMENT =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "GOMP_SPINCOUNT", "1000");

  private Distribution() {}

  /** Whether there is one, of the sources as they were last compiled. */
  static boolean isBuilt() throws IOException {
    if (!Files.exists(JAR) || !Files.exists(CLASSPATH)) {
      return false;
    }
    for (String jar : classpath().split(":", -1)) {
      Path classes = Path.of(jar).resolveSibling("classes");
      if (Files.isDirectory(classes) && !holds(Path.of(jar), classes)) {
        return false;
      }
    }
    return true;
  }

  private static String classpath() throws IOException {
    return JAR + ":" + Files.readString(CLASSPATH).strip();
  }

  /** A jar whose content would be the same is not written again, however new the classes are. */
  private static boolean holds(Path jar, Path classes) throws IOException {
    try (ZipFile packed = new ZipFile(jar.toFile());
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        ZipEntry entry = packed.getEntry(classes.relativize(file).toString());
        if (entry == null || !isSame(packed, entry, file)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean isSame(ZipFile packed, ZipEntry entry, Path file) throws IOException {
    try (InputStream bytes = packed.getInputStream(entry)) {
      return Arrays.equals(bytes.readAllBytes(), Files.readAllBytes(file));
    }
  }

  /** Flags by which a process leaves the classes that it loaded in {@code archive} as it ends. */
  static List<String> archiving(Path archive) {
    return List.of("-XX:ArchiveClassesAtExit=" + archive);
  }

  /**
   * Flags by which a process starts in about half the time, with the classes of {@code archive},
   * where there is one.
   */
  static List<String> archived(Path archive) {
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable")
        : List.of();
  }

  /**
   * The command line of a process.
   *
   * @param flags of Java, beside those that all have
   * @param args what follows {@code espalier}
   * @param computes whether it computes: what does not need not be compiled well
   */
  static List<String> command(List<String> flags, List<String> args, boolean computes)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms64m", "-Xmx400m", "-XX:+UseSerialGC"));
    command.addAll(flags);
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
