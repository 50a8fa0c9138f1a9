package dev.espalier.store;

import dev.espalier.domain.Digest;
import java.util.Optional;

/** Where an artifact lies in its store: {@code <first two digits>/<the other 62>}. */
final class Names {
  static final String ROOT = "sha256";
  private static final int FAN_OUT_DIGITS = 2;

  private Names() {}

  /** The folder of {@code digest} below the root. */
  static String folder(Digest digest) {
    return digest.hex().substring(0, FAN_OUT_DIGITS);
  }

  /** The name of {@code digest} in its folder. */
  static String file(Digest digest) {
    return digest.hex().substring(FAN_OUT_DIGITS);
  }

  /** The artifact whose digits {@code hex} are; empty when they are no digits of a digest. */
  static Optional<Digest> digest(String hex) {
    try {
      return Optional.of(new Digest(hex));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
