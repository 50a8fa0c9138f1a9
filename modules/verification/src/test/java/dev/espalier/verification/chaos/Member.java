package dev.espalier.verification.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A place in the fleet that one process after the other fills: who is gone is replaced, as a
 * cluster would.
 */
final class Member {
  private static final String READY = "ready: ";

  private final Role role;
  private final String name;
  private final List<String> args;
  private final Path folder;
  private Process process;
  private int starts;
  private boolean ending;
  private long thawAt = Long.MAX_VALUE;

  private Member(Role role, String name, List<String> args, Path folder) throws IOException {
    this.role = role;
    this.name = name;
    this.args = args;
    this.folder = folder;
    this.process = launch();
  }

  /** Starts the first process; what it says goes to files of {@code folder}. */
  static Member start(Role role, String name, List<String> args, Path folder) throws IOException {
    return new Member(role, name, args, folder);
  }

  private Process launch() throws IOException {
    starts++;
    return new ProcessBuilder(Distribution.command(args, role == Role.WORKER))
        .directory(folder.toFile())
        .redirectOutput(said().toFile())
        .redirectError(folder.resolve("%s-%d.err".formatted(name, starts)).toFile())
        .start();
  }

  private Path said() {
    return folder.resolve("%s-%d.out".formatted(name, starts));
  }

  Role role() {
    return role;
  }

  /** The process that is there now. */
  long pid() {
    return process.pid();
  }

  /** Whether the process that is there now works. */
  boolean isReady() throws IOException {
    return process.isAlive() && !ending && !isFrozen() && firstLine().startsWith(READY);
  }

  private boolean isFrozen() {
    return thawAt != Long.MAX_VALUE;
  }

  /** What it said when it was ready; blank before. */
  String firstLine() throws IOException {
    return Files.readString(said()).lines().findFirst().orElse("");
  }

  /** Does {@code fault} to it; a frozen process thaws after {@code frozen}. */
  void suffer(Fault fault, Duration frozen) throws IOException {
    ending |= fault.ends();
    switch (fault) {
      case KILLED -> process.destroyForcibly();
      case STOPPED -> process.destroy();
      case FROZEN -> {
        signal("STOP");
        thawAt = System.nanoTime() + frozen.toNanos();
      }
    }
  }

  private void signal(String signal) throws IOException {
    new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid()))
        .start()
        .onExit()
        .join();
  }

  /**
   * Replaces a process that is gone, and thaws one whose time has come.
   *
   * @return whether the process had ended without being told to
   */
  boolean tend() throws IOException {
    if (System.nanoTime() >= thawAt) {
      thaw();
    }
    if (process.isAlive()) {
      return false;
    }
    boolean unasked = !ending;
    ending = false;
    thawAt = Long.MAX_VALUE;
    process = launch();
    return unasked;
  }

  /** Lets it go on if it is frozen. */
  void thaw() throws IOException {
    if (isFrozen()) {
      thawAt = Long.MAX_VALUE;
      signal("CONT");
    }
  }

  /** Tells it to stop. */
  void stop() {
    process.destroy();
  }

  /** Whether it has ended within {@code limit}. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it, whatever it is at. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public String toString() {
    return name;
  }
}
