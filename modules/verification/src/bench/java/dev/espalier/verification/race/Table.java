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
  private static final String HEAD =
      """
      | network | batch | precision | threads | training, images/s | torch | libtorch | ratio | \
      evaluation, images/s | torch | libtorch | ratio | memory, MB | torch | libtorch |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final String section;
  private final List<String> rows = new ArrayList<>();

  Table(String section) {
    this.section = section;
  }

  /**
   * Adds what {@code figures} say of {@code course}: medians, spreads, ratios to the best rival.
   */
  void add(Course course, Map<String, Figures> figures) {
    StringBuilder row =
        new StringBuilder(
            "| %s at %d | %d | %s | %s |"
                .formatted(
                    course.network(),
                    course.size(),
                    course.batch(),
                    course.precision(),
                    course.copies() == 1
                        ? course.threads()
                        : course.copies() + " x " + course.threads()));
    for (String figure : List.of("training", "evaluation")) {
      figures.values().forEach(f -> row.append(cell(f, figure)));
      row.append(String.format(Locale.ROOT, " **%.2f** |", ratio(figures, figure)));
    }
    figures
        .values()
        .forEach(f -> row.append(String.format(Locale.ROOT, " %.0f |", f.median("memory"))));
    rows.add(row.toString());
  }

  private static String cell(Figures figures, String figure) {
    return String.format(
        Locale.ROOT, " %.1f ± %.0f %% |", figures.median(figure), 50 * figures.spread(figure));
  }

  /** The first one's median, to the largest among the others'. */
  static double ratio(Map<String, Figures> figures, String figure) {
    List<Double> medians = figures.values().stream().map(f -> f.median(figure)).toList();
    double best = medians.stream().skip(1).mapToDouble(Double::doubleValue).max().orElseThrow();
    return medians.getFirst() / best;
  }

  String lastRow() {
    return rows.getLast();
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
    String table = HEAD + String.join("\n", rows) + "\n";
    Files.writeString(page, text.substring(0, from) + begin + table + text.substring(to));
  }
}
