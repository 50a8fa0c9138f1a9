package dev.espalier.verification.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The outcome of races as a section of a Markdown page, between two comments that name it; what
 * stands outside of them is left as it is, and so are rows of other races.
 */
final class Table {
  private static final String CELL = "\\|";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private final String section;
  private final String head;
  private final int keys;
  private final Map<List<String>, String> rows = new LinkedHashMap<>();

  /**
   * A table without rows.
   *
   * @param section what the comments call it
   * @param head its first two lines, each ended
   * @param keys how many cells, from the left, say what a row is about
   */
  Table(String section, String head, int keys) {
    this.section = section;
    this.head = head;
    this.keys = keys;
  }

  /** Adds a row, not ended, in place of one about the same. */
  void add(String row) {
    List<String> cells = Arrays.stream(row.split(CELL, -1)).map(String::strip).toList();
    rows.put(cells.subList(1, 1 + keys), row);
  }

  /** A cell for a figure: its median, and half of its spread. */
  static String cell(Figures figures, String figure) {
    return String.format(
        Locale.ROOT, " %.1f ± %.0f %% |", figures.median(figure), 50 * figures.spread(figure));
  }

  /** A cell for who could not do the work. */
  static String none() {
    return " – |";
  }

  /** The first one's median, to the largest among the others'. */
  static double ratio(Map<String, Figures> figures, String figure) {
    List<Double> medians = figures.values().stream().map(f -> f.median(figure)).toList();
    double best = medians.stream().skip(1).mapToDouble(Double::doubleValue).max().orElseThrow();
    return medians.getFirst() / best;
  }

  /** Puts the rows among those of its section of {@code page}, and the machine below them. */
  void writeTo(Path page) throws IOException {
    String begin = "<!-- " + section + " -->\n";
    String end = "<!-- end of " + section + " -->\n";
    String text = Files.readString(page);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    if (from < begin.length() || to < from) {
      throw new IllegalStateException("expected a section " + section + " in " + page);
    }
    Table merged = new Table(section, head, keys);
    text.substring(from, to)
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(head.lines().count())
        .forEach(merged::add);
    rows.values().forEach(merged::add);
    String table = head + String.join("\n", merged.rows.values()) + "\n\n" + machine() + "\n";
    Files.writeString(page, text.substring(0, from) + table + text.substring(to));
  }

  private static String machine() throws IOException {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      List<String> all = lines.toList();
      return "Measured last on %s (family %s, model %s), %d of its cores, Java %s."
          .formatted(
              said(all, "model name"),
              said(all, "cpu family"),
              said(all, "model"),
              Runtime.getRuntime().availableProcessors(),
              Runtime.version().feature());
    }
  }

  private static String said(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.split(":", 2)[0].strip().equals(name))
        .map(line -> line.split(":", 2)[1].strip())
        .findFirst()
        .orElse("unknown");
  }
}
