package dev.espalier.cli.session;

import dev.espalier.domain.study.DataSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a process needs to know to work.
 *
 * @param work the folder with log, store and reports; processes with the same folder work together
 * @param store where artifacts are kept
 * @param slots how many tasks are computed side by side, at least 1
 * @param threads threads of each, at least 1
 * @param inputThreads how many threads of a slot make inputs ready, at least 1
 * @param port where the page listens on the loopback interface; 0 for any free one
 * @param provider what computes: {@code onednn}, {@code nd4j}
 * @param data where data sets lie that are read from files
 * @param checkpoints the time between the checkpoints of a task, at least a second
 */
public record Settings(
    Path work,
    String store,
    int slots,
    int threads,
    int inputThreads,
    int port,
    String provider,
    Map<DataSpec.Name, Path> data,
    Duration checkpoints) {

  /** What the folder of artifacts is called where nothing else is said. */
  public static final String ARTIFACTS = "artifacts";

  /** The folder that a process works in where nothing else is said. */
  public static final String WORK = ".espalier";

  /** The time between checkpoints where nothing else is said. */
  public static final Duration CHECKPOINTS = Duration.ofSeconds(15);

  /**
   * Checks the numbers and copies the folders.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Settings {
    data = Map.copyOf(data);
    if (slots < 1 || threads < 1 || inputThreads < 1 || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          ("expected at least 1 slot, 1 thread, 1 input thread and a port of 0 to 65535, got %d,"
                  + " %d, %d and %d")
              .formatted(slots, threads, inputThreads, port));
    }
    if (checkpoints.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 s between checkpoints, got " + checkpoints);
    }
  }

  Path log() {
    return work.resolve("kafka");
  }

  /** Where the address of the gateway of this process is written. */
  Path page() {
    return page(work);
  }

  /** Where the gateway of a process that works in {@code work} writes its address. */
  public static Path page(Path work) {
    return work.resolve("page");
  }
}
