package dev.espalier.domain.provenance;

import java.util.Optional;

/**
 * What came of looking at one thing.
 *
 * @param looked what was looked at
 * @param wrong what was expected and what came; empty when it is as it should be
 */
public record Finding(String looked, Optional<String> wrong) {
  /** It is as it should be. */
  public static Finding good(String looked) {
    return new Finding(looked, Optional.empty());
  }

  /** It is not. */
  public static Finding bad(String looked, String wrong) {
    return new Finding(looked, Optional.of(wrong));
  }

  /** Good when {@code expected} came. */
  public static Finding same(String looked, Object expected, Object came) {
    return expected.equals(came)
        ? good(looked)
        : bad(looked, "expected " + expected + ", got " + came);
  }
}
