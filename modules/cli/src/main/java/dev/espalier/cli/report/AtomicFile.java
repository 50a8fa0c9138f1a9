package dev.espalier.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all: a reader sees the old bytes or the new ones. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes {@code text} in UTF-8 under {@code file}, whose folder is made where it is missing.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes {@code bytes} under {@code file}, whose folder is made where it is missing.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  public static void write(Path file, byte[] bytes) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      // Not createTempFile: that would hide the report from everybody but its owner.
      long writer = ProcessHandle.current().pid();
      Path half = folder.resolve("." + file.getFileName() + "." + writer + ".half");
      try {
        Files.write(half, bytes);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("expected to write " + file, e);
    }
  }

  /**
   * Removes {@code file}; nothing where it is not there.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("expected to delete " + file, e);
    }
  }
}
