package dev.espalier.verification.chaos;

import java.nio.file.Path;

/**
 * A small file system of its own, in memory, where a store lies: it can be full without harm to
 * others. Only root may have one.
 */
final class Disk implements AutoCloseable {
  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** Whether this process may have one. */
  static boolean isAllowed() {
    return Shell.runs("d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d && rmdir $d");
  }

  /** Puts one at {@code folder}. */
  static Disk at(Path folder) {
    Shell.run("mkdir -p %1$s && mount -t tmpfs -o size=128m tmpfs %1$s".formatted(folder));
    return new Disk(folder);
  }

  /** Leaves no room on it. */
  void fill() {
    Shell.run("cat /dev/zero >%s || true".formatted(filler()));
  }

  /** Leaves room again. */
  void empty() {
    Shell.run("rm -f " + filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() {
    Shell.run("umount " + folder);
  }
}
