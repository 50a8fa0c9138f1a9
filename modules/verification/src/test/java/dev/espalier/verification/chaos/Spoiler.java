package dev.espalier.verification.chaos;

import dev.espalier.domain.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** Does to the files of a store what a bad disk does. */
final class Spoiler {
  /** The first digits of an artifact name the folder of its file. */
  private static final int FOLDER = 2;

  private Spoiler() {}

  /** Turns a bit of an artifact over; returns whether there is such a file. */
  static boolean damage(Path store, Digest artifact) throws IOException {
    String digits = artifact.hex();
    Path name = Path.of(digits.substring(0, FOLDER), digits.substring(FOLDER));
    Optional<Path> file;
    try (Stream<Path> all = Files.walk(store)) {
      file = all.filter(path -> path.endsWith(name)).findFirst();
    } catch (UncheckedIOException e) {
      return false; // a file was deleted while it was listed
    }
    return file.isPresent() && damage(file.get());
  }

  private static boolean damage(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long middle = file.size() / 2;
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, middle);
      file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), middle);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
