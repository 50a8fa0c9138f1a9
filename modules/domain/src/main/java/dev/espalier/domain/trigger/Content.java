package dev.espalier.domain.trigger;

import java.util.Arrays;
import java.util.Base64;

/**
 * The bytes that an event came as, or their beginning.
 *
 * @param size how many came
 * @param base64 those that are kept, at most 24 KiB of them: a decision stays under 64 KiB
 */
public record Content(int size, String base64) {
  private static final int LARGEST = 24 << 10;

  /** Keeps {@code bytes}, of many the first. */
  public static Content of(byte[] bytes) {
    byte[] kept = Arrays.copyOf(bytes, Math.min(LARGEST, bytes.length));
    return new Content(bytes.length, Base64.getEncoder().encodeToString(kept));
  }

  /** What is kept. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }
}
