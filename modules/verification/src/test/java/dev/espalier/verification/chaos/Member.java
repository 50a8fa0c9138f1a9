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

  /** How much further than it lasts a clock jumps: half an hour for each lock that it lasts. */
  private static final int JUMP = 360;

  private final Role role;
  private final String name;
  private final List<String> flags;
  private final List<String> args;
  private final Path folder;
  private final Optional<Wire> wire;
  private final Optional<Clock> clock;
  private Process process;
  private int starts;
  private int jumps;
  private boolean ending;
  private Optional<Fault> passing = Optional.empty();
  private long passesAt;

  private Member(
      Role role,
      String name,
      List<String> flags,
      List<String> args,
      Path folder,
      Optional<Wire> wire,
      Optional<Clock> clock)
      throws IOException {
    this.role = role;
    this.name = name;
    this.flags = flags;
    this.args = args;
    this.folder = folder;
    this.wire = wire;
    this.clock = clock;
    this.process = launch();
  }

  /**
   * Starts one that does everything; what it loads, those of other folders beside it start with.
   */
  static Member startAll(String name, List<String> args, Path folder) throws IOException {
    List<String> flags = Distribution.archiving(archive(folder));
    return new Member(Role.WORKER, name, flags, args, folder, Optional.empty(), Optional.empty());
  }

  private static Path archive(Path folder) {
    return folder.resolveSibling("classes.jsa");
  }

  /**
   * Starts the first process; what it says goes to files of {@code folder}.
   *
   * @param wire at whose end its host is, unless it is this one
   * @param clock what it goes by, unless it is that of this machine
   */
  static Member start(
      Role role,
      String name,
      List<String> args,
      Path folder,
      Optional<Wire> wire,
      Optional<Clock> clock)
      throws IOException {
    List<String> flags = Distribution.archived(archive(folder));
    return new Member(role, name, flags, args, folder, wire, clock);
  }

  private Process launch() throws IOException {
    starts++;
    List<String> command = new ArrayList<>(wire.map(Wire::prefix).orElse(List.of()));
    clock.ifPresent(own -> command.addAll(own.prefix()));
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
    return process.isAlive() && !ending && !isAfflicted() && !readyLine().isEmpty();
  }

  /** Whether something is done to it that passes. */
  boolean isAfflicted() {
    return passing.isPresent();
  }

  /** What it said when it was ready; blank before. Java may have said something else first. */
  String readyLine() throws IOException {
    return Files.readString(said())
        .lines()
        .filter(line -> line.startsWith(READY))
        .findFirst()
        .orElse("");
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
      case JUMPED -> afflict(fault, () -> jump(time), time);
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

  private void jump(Duration time) {
    jumps++;
    clock.orElseThrow().set(time.multipliedBy(jumps % 2 == 0 ? -JUMP : JUMP));
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
    clock.ifPresent(_ -> Clock.forget(process.pid()));
    passing = passing.filter(fault -> fault != Fault.FROZEN);
    process = launch();
    return unasked;
  }

  /** Undoes what would pass. */
  void mend() {
    passing.ifPresent(this::mend);
    passing = Optional.empty();
  }

  private void mend(Fault fault) {
    switch (fault) {
      case FROZEN -> signal("CONT");
      case CUT_OFF, DISTURBED -> wire.orElseThrow().mend();
      case JUMPED -> clock.orElseThrow().set(Duration.ZERO);
      case KILLED, STOPPED, FULL, DAMAGED, GARBLED, REPEATED ->
          throw new IllegalArgumentException("expected a fault that passes, got " + fault);
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
    clock.ifPresent(_ -> Clock.forget(process.pid()));
  }

  @Override
  public String toString() {
    return name;
  }
}
