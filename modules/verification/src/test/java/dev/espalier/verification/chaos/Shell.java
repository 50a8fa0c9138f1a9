package dev.espalier.verification.chaos;

import java.io.IOException;

/** Commands of the system, most of which only root may use. */
final class Shell {
  private Shell() {}

  /** Whether {@code command} ends well. */
  static boolean runs(String command) {
    try {
      return new ProcessBuilder("sh", "-c", command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs {@code command}.
   *
   * @throws IllegalStateException when it does not end well
   */
  static void run(String command) {
    if (!runs(command)) {
      throw new IllegalStateException("expected to run " + command);
    }
  }
}
