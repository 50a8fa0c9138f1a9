package dev.espalier.compute.onednn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tables that are shipped, one a kind of processor: by vendor, family and instructions; for one
 * that has no table of its own, that of its instructions. Who has measured a table on a machine of
 * another kind names its file in {@code ESPALIER_CHOICES}; every process of a study should.
 */
final class Tables {
  private static final String OWN = "ESPALIER_CHOICES";

  private Tables() {}

  /**
   * The table for this process.
   *
   * @throws IllegalArgumentException when {@code ESPALIER_CHOICES} names no readable table
   */
  static Choices here() {
    return Optional.ofNullable(System.getenv(OWN))
        .filter(file -> !file.isBlank())
        .map(file -> own(Path.of(file)))
        .orElseGet(() -> shippedFor(Processor.here()));
  }

  /** The table in {@code file}. */
  static Choices own(Path file) {
    try {
      return Choices.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "expected a table, as espalier bench --tune makes, in %s (%s), got %s"
              .formatted(file, OWN, e),
          e);
    }
  }

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
