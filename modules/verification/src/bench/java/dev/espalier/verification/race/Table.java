package dev.espalier.verification.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outcome of races as a section of a Markdown page, between two comments that name it; what
 * stands outside of them is left as it is.
 */
final class Table {
  private final String section;
  private final String head;
  private final List<String> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param section what the comments call it
   * @param head its first two lines, each ended
   */
  Table(String section, String head) {
    this.section = section;
    this.head = head;
  }

  /** Adds a row, not ended. */
  void add(String row) {
    rows.add(row);
  }

  /** A cell for a figure: its median, and half of its spread. */
  static String cell(Figures figures, String figure) {
    return String.format(
        Locale.ROOT, " %.1f ± %.0f %% |", figures.median(figure), 50 * figures.spread(figure));
  }

  /** The first one's median, to the largest among the others'. */
  static double ratio(Map<String, Figures> figures, String figure) {
    List<Double> medians = figures.values().stream().map(f -> f.median(figure)).toList();
    double best = medians.stream().skip(1).mapToDouble(Double::doubleValue).max().orElseThrow();
    return medians.getFirst() / best;
  }

  /** Puts the table into its section of {@code page}. */
  void writeTo(Path page) throws IOException {
    String begin = "<!-- " + section + " -->\n";
    String end = "<!-- end of " + section + " -->\n";
    String text = Files.readString(page);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException("expected a section " + section + " in " + page);
    }
    String table = head + String.join("\n", rows) + "\n";
    Files.writeString(page, text.substring(0, from) + begin + table + text.substring(to));
  }
}
