package dev.espalier.compute.onednn;

import dev.espalier.domain.study.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The kind of processor, as Linux tells it.
 *
 * @param vendor {@code authenticamd}, {@code genuineintel}
 * @param family the vendor's number for a line of designs: 25 is AMD's Zen 3 and 4
 * @param instructions what it has beyond x86-64, as Linux names it: {@code avx512_bf16}
 */
record Processor(String vendor, String family, Set<String> instructions) {
  private static final Path TOLD = Path.of("/proc/cpuinfo");
  private static final String BF16 = "avx512_bf16";

  /** The one that this process runs on. */
  static Processor here() {
    try {
      return told(Files.readAllLines(TOLD));
    } catch (IOException e) {
      throw new UncheckedIOException("expected to read " + TOLD, e);
    }
  }

  /** The first one that {@code lines} of {@code key : value} describe. */
  static Processor told(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      String[] pair = line.split(":", 2);
      if (pair.length == 2) {
        values.putIfAbsent(pair[0].strip(), pair[1].strip().toLowerCase(Locale.ROOT));
      }
    }
    return new Processor(
        values.getOrDefault("vendor_id", "unknown"),
        values.getOrDefault("cpu family", "unknown"),
        Set.of(values.getOrDefault("flags", "unknown").split("\\s+")));
  }

  /** The names of the tables that fit it, the closest first. */
  List<String> kinds() {
    String width =
        instructions.contains(BF16)
            ? "avx512-bf16"
            : instructions.contains("avx512f") ? "avx512" : "other";
    return List.of(vendor + "-" + family + "-" + width, width);
  }

  /**
   * Checks that it has instructions for {@code precision}.
   *
   * @throws UnsupportedOperationException when not
   */
  void require(Precision precision) {
    boolean there =
        switch (precision) {
          case FLOAT32 -> true;
          case BF16 -> instructions.contains(BF16);
        };
    if (!there) {
      throw new UnsupportedOperationException(
          "expected a processor with %s for precision %s, got %s family %s without"
              .formatted(BF16, precision, vendor, family));
    }
  }
}
