package dev.espalier.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * Writes files that are whole or not there, whenever the process or the machine stops: under
 * another name first, forced to the disk, then renamed, and the folder forced too.
 */
final class WholeFiles {
  private static final long PIECE = 1 << 20;

  /** Where files lie while they are written; on the same disk as where they go. */
  private final Path incoming;

  WholeFiles(Path incoming) {
    this.incoming = incoming;
  }

  /** Makes {@code folder}, durably, and what is missing above it. */
  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      make(parent);
    }
    Files.createDirectories(folder); // no error when another process was faster
    if (parent != null) {
      force(parent);
    }
  }

  /** Writes {@code parts}, one after the other, to {@code file}, which it replaces. */
  void write(List<MemorySegment> parts, Path file) throws IOException {
    Path half = incoming.resolve(UUID.randomUUID().toString());
    try {
      writeForced(parts, half);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static void writeForced(List<MemorySegment> parts, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (MemorySegment part : parts) {
        write(part, channel);
      }
      channel.force(true);
    }
  }

  // In pieces, because a channel copies what lies on the heap outside of it first.
  private static void write(MemorySegment part, FileChannel channel) throws IOException {
    for (long at = 0; at < part.byteSize(); at += PIECE) {
      ByteBuffer left = part.asSlice(at, Math.min(PIECE, part.byteSize() - at)).asByteBuffer();
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  /** Makes the names in {@code folder} as durable as the files. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
