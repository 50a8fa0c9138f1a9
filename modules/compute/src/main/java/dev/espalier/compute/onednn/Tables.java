package dev.espalier.compute.onednn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The tables that are shipped, one a kind of processor: by vendor, family and instructions; for one
 * that has no table of its own, that of its instructions.
 */
final class Tables {
  private Tables() {}

  /** The table for {@code processor}; an empty one where none is shipped. */
  static Choices shippedFor(Processor processor) {
    return processor.kinds().stream()
        .flatMap(kind -> read(kind).stream())
        .findFirst()
        .orElseGet(Choices::none);
  }

  private static Optional<Choices> read(String kind) {
    String name = kind + ".choices";
    try (InputStream in = Tables.class.getResourceAsStream(name)) {
      return Optional.ofNullable(in == null ? null : in.readAllBytes())
          .map(bytes -> Choices.parse(new String(bytes, StandardCharsets.UTF_8), name));
    } catch (IOException e) {
      throw new UncheckedIOException("expected to read the shipped " + name, e);
    }
  }
}
