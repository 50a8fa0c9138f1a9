package dev.espalier.domain;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 name of some bytes, written {@code sha256:<64 hexadecimal digits>} as container
 * registries write it.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final String PREFIX = "sha256:";
  private static final int LENGTH = 64;
  private static final int BRIEF = 12;
  private static final long PIECE = 1 << 20;

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException unless {@code hex} is 64 lower-case hexadecimal digits
   */
  public Digest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException(
          "expected 64 lower-case hexadecimal digits, got \"" + hex + "\"");
    }
  }

  private static boolean isHex(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
  }

  /**
   * The digest that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException unless {@code text} is {@code sha256:} and 64 lower-case
   *     hexadecimal digits
   */
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "expected sha256:<64 hexadecimal digits>, got \"" + text + "\"");
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** The digest of {@code bytes}. */
  public static Digest of(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /**
   * The digest of the bytes of {@code parts}, one after the other.
   *
   * @param parts of native memory or of byte arrays
   */
  public static Digest of(List<MemorySegment> parts) {
    MessageDigest sha256 = sha256();
    for (MemorySegment part : parts) {
      for (long at = 0; at < part.byteSize(); at += PIECE) {
        sha256.update(part.asSlice(at, Math.min(PIECE, part.byteSize() - at)).asByteBuffer());
      }
    }
    return of(sha256);
  }

  /** The digest that a finished {@code sha256} computation holds; resets the computation. */
  public static Digest of(MessageDigest sha256) {
    return new Digest(HexFormat.of().formatHex(sha256.digest()));
  }

  /** A new SHA-256 computation, for bytes that come in pieces. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /** The first twelve digits: enough for people and folder names. */
  public String brief() {
    return hex.substring(0, BRIEF);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
