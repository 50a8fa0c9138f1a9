package dev.espalier.compute.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One IDX file of bytes, read from its beginning to its end: two zeros, the type 8, the number of
 * dimensions, each dimension in four bytes, big-endian, then the values.
 */
final class IdxFile implements AutoCloseable {
  private static final int BYTES = 0x08;
  private static final int BUFFER = 1 << 16;
  private static final double MOST_PACKED = 1032; // bytes that deflate makes one of, at most

  private final Path path;
  private final InputStream in;
  private final int[] dimensions;

  private IdxFile(Path path, InputStream in, int[] dimensions) {
    this.path = path;
    this.in = in;
    this.dimensions = dimensions;
  }

  /**
   * Opens a file and reads its header.
   *
   * @param folder where it lies
   * @param name its name as far as {@code -idx}
   * @param ranks how many dimensions it may have
   * @throws DataException when there is none, or its header is not that of such a file
   */
  @SuppressWarnings("MustBeClosedChecker") // the stream is the file's, or closed on failure
  static IdxFile open(Path folder, String name, List<Integer> ranks) {
    Path path = find(folder, name, ranks);
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
      try {
        InputStream in =
            path.toString().endsWith(".gz")
                ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER)
                : raw;
        int[] dimensions = header(path, in, ranks);
        requireRoom(path, dimensions);
        return new IdxFile(path, in, dimensions);
      } catch (IOException | RuntimeException | Error e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Path find(Path folder, String name, List<Integer> ranks) {
    List<Path> names =
        ranks.stream()
            .flatMap(rank -> Stream.of("-idx", ".idx").map(mark -> name + mark + rank + "-ubyte"))
            .flatMap(file -> Stream.of(file, file + ".gz"))
            .map(folder::resolve)
            .toList();
    return names.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                DataException.missing(
                    "expected the IDX file %s or %s.gz, got no such file"
                        .formatted(names.getFirst(), names.getFirst().getFileName())));
  }

  private static int[] header(Path path, InputStream in, List<Integer> ranks) throws IOException {
    int magic = number(path, in, "a magic number");
    int rank = magic & 0xFF;
    if (magic >>> 8 != BYTES || !ranks.contains(rank)) {
      throw DataException.missing(
          "expected the magic number %s in %s, got 0x%08x"
              .formatted(
                  ranks.stream()
                      .map(r -> "0x%08x".formatted(BYTES << 8 | r))
                      .collect(Collectors.joining(" or ")),
                  path,
                  magic));
    }
    int[] dimensions = new int[rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = number(path, in, "dimension " + (i + 1));
      if (dimensions[i] < 1) {
        throw DataException.missing(
            "expected dimensions of at least 1 in %s, got %d as number %d"
                .formatted(path, Integer.toUnsignedLong(dimensions[i]), i + 1));
      }
    }
    return dimensions;
  }

  /** Refuses a header that promises more, or other, than a file of this size can hold. */
  private static void requireRoom(Path path, int[] dimensions) throws IOException {
    double values = IntStream.of(dimensions).asDoubleStream().reduce(1, (a, b) -> a * b);
    double expected = (1 + dimensions.length) * (double) Integer.BYTES + values;
    long size = Files.size(path);
    boolean packed = path.toString().endsWith(".gz");
    if (packed ? expected > size * MOST_PACKED : expected != size) {
      throw DataException.missing(
          "expected %.0f bytes in %s, whose header says %s, got %d%s"
              .formatted(expected, path, shape(dimensions), size, packed ? " packed ones" : ""));
    }
  }

  private static int number(Path path, InputStream in, String what) throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw DataException.missing(
          "expected %s in the header of %s, got its end".formatted(what, path));
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** How many dimensions there are. */
  int dimensions() {
    return dimensions.length;
  }

  /** Dimension {@code index}, from 0. */
  int dimension(int index) {
    return dimensions[index];
  }

  /** The dimensions as a message says them. */
  String shape() {
    return shape(dimensions);
  }

  private static String shape(int[] dimensions) {
    return IntStream.of(dimensions).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }

  /**
   * The next {@code length} values.
   *
   * @param entry which entry of the first dimension they are, for messages
   * @throws DataException when the file ends before, or cannot be read
   */
  byte[] read(int entry, int length) {
    try {
      byte[] values = in.readNBytes(length);
      if (values.length < length) {
        throw ended(entry);
      }
      return values;
    } catch (EOFException e) {
      throw ended(entry);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private DataException ended(int entry) {
    return DataException.missing(
        "expected %s values in %s, got its end in entry %d".formatted(shape(), path, entry));
  }

  /**
   * Refuses a file that goes on.
   *
   * @throws DataException when there is more than the header says
   */
  void requireEnd() {
    try {
      if (in.read() >= 0) {
        throw DataException.missing("expected %s values in %s, got more".formatted(shape(), path));
      }
    } catch (EOFException e) {
      throw DataException.missing(
          "expected the end of the gzip file %s, got a cut".formatted(path));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static DataException unreadable(Path path, IOException e) {
    String came =
        switch (e) {
          case EOFException end -> "its end";
          case ZipException damage -> "no gzip or a damaged one (" + damage.getMessage() + ")";
          default -> e.toString();
        };
    return DataException.missing("expected to read the IDX file " + path + ", got " + came);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
