package dev.espalier.verification.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A place in the fleet that one process after the other fills: who is gone is replaced, as a
 * cluster would.
 */
final class Member {
  private static final String READY = "ready: ";

  private final Role role;
  private final String name;
  private final List<String> flags;
  private final List<String> args;
  private final Path folder;
  private final Optional<Wire> wire;
  private Process process;
  private int starts;
  private boolean ending;
  private Optional<Fault> passing = Optional.empty();
  private long passesAt;

  private Member(
      Role role,
      String name,
      List<String> flags,
      List<String> args,
      Path folder,
      Optional<Wire> wire)
      throws IOException {
    this.role = role;
    this.name = name;
    this.flags = flags;
    this.args = args;
    this.folder = folder;
    this.wire = wire;
    this.process = launch();
  }

  /**
   * Starts one that does everything; what it loads, those of other folders beside it start with.
   */
  static Member startAll(String name, List<String> args, Path folder) throws IOException {
    List<String> flags = Distribution.archiving(archive(folder));
    return new Member(Role.WORKER, name, flags, args, folder, Optional.empty());
  }

  private static Path archive(Path folder) {
    return folder.resolveSibling("classes.jsa");
  }

  /** Starts the first process; what it says goes to files of {@code folder}. */
  static Member start(Role role, String name, List<String> args, Path folder) throws IOException {
    List<String> flags = Distribution.archived(archive(folder));
    return new Member(role, name, flags, args, folder, Optional.empty());
  }

  /** The same on the host at the end of {@code wire}. */
  static Member start(Role role, String name, List<String> args, Path folder, Wire wire)
      throws IOException {
    List<String> flags = Distribution.archived(archive(folder));
    return new Member(role, name, flags, args, folder, Optional.of(wire));
  }

  private Process launch() throws IOException {
    starts++;
    List<String> command = new ArrayList<>(wire.map(Wire::prefix).orElse(List.of()));
    command.addAll(Distribution.command(flags, args, role == Role.WORKER));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(said().toFile())
            .redirectError(folder.resolve("%s-%d.err".formatted(name, starts)).toFile());
    builder.environment().putAll(Distribution.ENVIRONMENT);
    return builder.start();
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
    return process.isAlive() && !ending && !isAfflicted() && firstLine().startsWith(READY);
  }

  /** Whether something is done to it that passes. */
  boolean isAfflicted() {
    return passing.isPresent();
  }

  /** What it said when it was ready; blank before. */
  String firstLine() throws IOException {
    return Files.readString(said()).lines().findFirst().orElse("");
  }

  /** Does {@code fault} to it; what passes does after {@code time}. */
  void suffer(Fault fault, Duration time) {
    switch (fault) {
      case KILLED -> {
        ending = true;
        process.destroyForcibly();
      }
      case STOPPED -> {
        ending = true;
        process.destroy();
      }
      case FROZEN -> afflict(fault, () -> signal("STOP"), time);
      case CUT_OFF -> afflict(fault, wire.orElseThrow()::cut, time);
      case DISTURBED -> afflict(fault, wire.orElseThrow()::disturb, time);
      case FULL, DAMAGED, GARBLED, REPEATED ->
          throw new IllegalArgumentException("expected a fault of processes, got " + fault);
    }
  }

  private void afflict(Fault fault, Runnable deed, Duration time) {
    mend();
    deed.run();
    passing = Optional.of(fault);
    passesAt = System.nanoTime() + time.toNanos();
  }

  private void signal(String signal) {
    Shell.runs("kill -%s %d".formatted(signal, process.pid()));
  }

  /**
   * Replaces a process that is gone, and undoes what is to pass once its time has come.
   *
   * @return whether the process had ended without being told to
   */
  boolean tend() throws IOException {
    if (isAfflicted() && System.nanoTime() >= passesAt) {
      mend();
    }
    if (process.isAlive()) {
      return false;
    }
    boolean unasked = !ending;
    ending = false;
    passing = passing.filter(fault -> fault != Fault.FROZEN);
    process = launch();
    return unasked;
  }

  /** Undoes what would pass. */
  void mend() {
    if (passing.equals(Optional.of(Fault.FROZEN))) {
      signal("CONT");
    } else if (isAfflicted()) {
      wire.ifPresent(Wire::mend);
    }
    passing = Optional.empty();
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
