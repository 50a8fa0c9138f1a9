package dev.espalier.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under a header, the first column set left and the others right.
 *
 * @param header one title a column
 * @param rows as many cells each as there are titles
 */
public record Table(List<String> header, List<List<String>> rows) {
  private static final String GAP = "  ";

  /**
   * Checks and copies the rows.
   *
   * @throws IllegalArgumentException when a row is longer or shorter than the header
   */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "expected " + header.size() + " cells a row, got " + row);
      }
    }
  }

  /** The table for a terminal: columns aligned, a rule under the header, each line ended. */
  public String forTerminal() {
    return forTerminal(1);
  }

  /**
   * The same with several columns set left.
   *
   * @param left how many, the first ones
   */
  public String forTerminal(int left) {
    int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
    StringBuilder text = new StringBuilder();
    text.append(aligned(header, widths, left)).append('\n');
    int whole = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
    text.append("─".repeat(whole)).append('\n');
    rows.forEach(row -> text.append(aligned(row, widths, left)).append('\n'));
    return text.toString();
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(widest, header.get(column).length());
  }

  private static String aligned(List<String> cells, int[] widths, int left) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      padded.add(i < left ? cells.get(i) + space : space + cells.get(i));
    }
    return String.join(GAP, padded).stripTrailing();
  }

  /** The table in Markdown, each line ended. */
  public String forMarkdown() {
    List<String> rule =
        IntStream.range(0, header.size()).mapToObj(i -> i == 0 ? "---" : "---:").toList();
    StringBuilder text = new StringBuilder(markdownRow(header)).append(markdownRow(rule));
    rows.forEach(row -> text.append(markdownRow(row)));
    return text.toString();
  }

  private static String markdownRow(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
