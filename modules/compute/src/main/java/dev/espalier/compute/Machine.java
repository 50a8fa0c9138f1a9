package dev.espalier.compute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this process runs on. */
public final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final double KIBI = 1024;

  private Machine() {}

  /** The kind of processor: its model as Linux names it, else the architecture. */
  public static String processor() {
    String architecture = System.getProperty("os.arch", "unknown");
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }

  /** The most memory that this process has held at a time, in MiB; 0 where nobody tells. */
  public static double peakMemory() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / KIBI)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The version of Espalier; {@code unpackaged} when it runs from classes. */
  public static String build() {
    return Optional.ofNullable(Machine.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
