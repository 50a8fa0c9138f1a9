package dev.espalier.fleet.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some of the bytes of a whole (RFC 9110, section 14).
 *
 * @param from the first one, from 0
 * @param length how many
 * @param total how many the whole has
 * @param asked whether the request asked for a part; all bytes are answered otherwise
 */
record ByteRange(long from, long length, long total, boolean asked) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** All of {@code total} bytes. */
  static ByteRange all(long total) {
    return new ByteRange(0, total, total, false);
  }

  /**
   * What {@code header}, a {@code Range}, asks of {@code total} bytes; all where it is not
   * understood or asks for several parts; empty where none of the bytes is in it.
   */
  static Optional<ByteRange> of(String header, long total) {
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return Optional.of(all(total));
    }
    if (form.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(form.group(2)), total);
      return part(total - last, last, total);
    }
    long from = Long.parseLong(form.group(1));
    long to = form.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(form.group(2));
    return to < from
        ? Optional.of(all(total))
        : part(from, Math.min(to, total - 1) - from + 1, total);
  }

  private static Optional<ByteRange> part(long from, long length, long total) {
    return length < 1 ? Optional.empty() : Optional.of(new ByteRange(from, length, total, true));
  }

  /** As a {@code Content-Range} says it. */
  @Override
  public String toString() {
    return "bytes %d-%d/%d".formatted(from, from + length - 1, total);
  }
}
