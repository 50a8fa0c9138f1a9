package dev.espalier.compute.data;

import dev.espalier.compute.network.Volume;
import dev.espalier.domain.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures that stay in their files until they are wanted; in memory are their names and digests.
 * To a digest they add, each, the label (4 bytes, big-endian) and the SHA-256 of the file's bytes.
 */
final class PictureFiles extends Images {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
  private static final int DIGEST = 32;

  private final int shorterSide;
  private final Path root;
  private final List<Entry> entries;
  private final byte[] digests; // (pictures, 32)

  private PictureFiles(Volume volume, int shorterSide, Path root, List<Entry> entries) {
    super(volume);
    this.shorterSide = shorterSide;
    this.root = root;
    this.entries = List.copyOf(entries);
    this.digests = new byte[Math.multiplyExact(DIGEST, entries.size())];
  }

  /**
   * A picture.
   *
   * @param name of its file, relative to the folder of all
   * @param label its class
   */
  record Entry(String name, int label) {}

  /**
   * The pictures that {@code entries} name in {@code root}, looked at but not decoded.
   *
   * @param volume how a network sees them once their shorter side is scaled to {@code shorterSide}
   * @throws DataException when one cannot be read, or begins as no picture does
   */
  static PictureFiles look(Volume volume, int shorterSide, Path root, List<Entry> entries) {
    PictureFiles files = new PictureFiles(volume, shorterSide, root, entries);
    MessageDigest sha256 = Digest.sha256();
    for (int i = 0; i < entries.size(); i++) {
      byte[] bytes = bytes(files.path(i));
      if (!beginsWith(bytes, PNG) && !beginsWith(bytes, JPEG)) {
        throw DataException.missing(
            "expected a PNG or JPEG picture in " + files.path(i) + ", got something else");
      }
      System.arraycopy(sha256.digest(bytes), 0, files.digests, i * DIGEST, DIGEST);
    }
    return files;
  }

  private static boolean beginsWith(byte[] bytes, byte[] signature) {
    int length = Math.min(bytes.length, signature.length);
    return Arrays.equals(bytes, 0, length, signature, 0, signature.length);
  }

  private Path path(int index) {
    return root.resolve(entries.get(index).name());
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw DataException.missing("expected to read the picture " + path + ", got " + e);
    }
  }

  @Override
  public int shorterSide() {
    return shorterSide;
  }

  @Override
  public int count() {
    return entries.size();
  }

  @Override
  public int label(int index) {
    return entries.get(requireThere(index)).label();
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataException also when the file is no longer what was looked at, or does not decode
   */
  @Override
  public Picture picture(int index) {
    Path path = path(requireThere(index));
    byte[] bytes = bytes(path);
    int at = index * DIGEST;
    byte[] digest = Digest.sha256().digest(bytes);
    if (!Arrays.equals(digest, 0, DIGEST, digests, at, at + DIGEST)) {
      throw DataException.missing(
          "expected %s as it was when the data were opened, got other bytes".formatted(path));
    }
    return Decoder.decode(bytes, path);
  }

  @Override
  void addTo(MessageDigest digest) {
    for (int i = 0; i < entries.size(); i++) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(entries.get(i).label()).array());
      digest.update(digests, i * DIGEST, DIGEST);
    }
  }
}
