package dev.espalier.compute;

import dev.espalier.domain.study.DataSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a worker decides for itself: none of it is part of a task's name.
 *
 * @param provider the kernel provider: {@code onednn} or {@code nd4j}
 * @param threads threads that a step uses, at least 1
 * @param inputThreads threads that make inputs ready ahead of a step, at least 1; no result depends
 *     on how many
 * @param folders where the data sets that are read from files lie
 * @param checkpointEvery the time between the checkpoints of a task; 0 makes one after every step
 */
public record WorkbenchSettings(
    String provider,
    int threads,
    int inputThreads,
    Map<DataSpec.Name, Path> folders,
    Duration checkpointEvery) {
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

  /**
   * Checks the numbers and copies the folders.
   *
   * @throws IllegalArgumentException when there is no thread or the time is negative
   */
  public WorkbenchSettings {
    folders = Map.copyOf(folders);
    if (threads < 1 || inputThreads < 1 || checkpointEvery.isNegative()) {
      throw new IllegalArgumentException(
          "expected at least 1 thread, 1 input thread and no negative time between checkpoints, got"
              + " "
              + threads
              + ", "
              + inputThreads
              + " and "
              + checkpointEvery);
    }
  }

  /**
   * The usual settings: {@code onednn}, one thread and one for inputs, a checkpoint every 30
   * seconds.
   */
  public static WorkbenchSettings standard(Map<DataSpec.Name, Path> folders) {
    return new WorkbenchSettings(Providers.DEFAULT, 1, 1, folders, USUAL_INTERVAL);
  }
}
