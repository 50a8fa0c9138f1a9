package dev.espalier.compute.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes small IDX files of random content. */
public final class IdxFiles {
  private IdxFiles() {}

  /** All four files: 12 training and 5 test pictures of 6 × 6, labels 0 to 3. */
  public static void writeAll(Path folder) throws IOException {
    writeAll(folder, 6, 4);
  }

  /** All four files: 12 training and 5 test pictures of so many rows, in so many classes. */
  public static void writeAll(Path folder, int rows, int classes) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(1, 12, rows, rows));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(12, classes));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(2, 5, rows, rows));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(5, classes));
  }

  static byte[] images(long seed, int... dimensions) {
    int length = 1;
    for (int dimension : dimensions) {
      length *= dimension;
    }
    byte[] values = new byte[length];
    new Random(seed).nextBytes(values);
    return file(values, dimensions);
  }

  static byte[] labels(int count) {
    return labels(count, 4);
  }

  private static byte[] labels(int count, int classes) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return file(labels, count);
  }

  static byte[] file(byte[] values, int... dimensions) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    file.putInt(0x0800 | dimensions.length);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(values).array();
  }

  static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
