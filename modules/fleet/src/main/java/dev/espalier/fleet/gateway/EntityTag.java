package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import java.util.Arrays;

/**
 * A strong entity tag (RFC 9110, section 8.8.3).
 *
 * @param bytes the digest of what it tags
 */
record EntityTag(Digest bytes) {
  private static final String WEAK = "W/";

  /** Whether {@code header}, an {@code If-None-Match}, names it: a weak tag of it does too. */
  boolean isAmong(String header) {
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || without(tag).equals(toString()));
  }

  private static String without(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }

  @Override
  public String toString() {
    return '"' + bytes.toString() + '"';
  }
}
