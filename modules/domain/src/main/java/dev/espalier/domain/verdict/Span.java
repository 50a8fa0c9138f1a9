package dev.espalier.domain.verdict;

import dev.espalier.domain.report.Cell;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The densities that a claim is about. */
public enum Span {
  /** At most a fifth of the weights is left, below which few are zero by themselves. */
  SEVERE("densities up to 20 %"),
  /** More than a fifth is left. */
  MODERATE("densities above 20 % and below 100 %"),
  /** The deepest cut that leaves at least a tenth. */
  TENTH("the lowest density of at least 10 %"),
  /** Less than a twentieth is left. */
  TWENTIETH("densities below 5 %");

  private final String words;

  Span(String words) {
    this.words = words;
  }

  /** Those of an arm's {@code cells} that are meant; the dense network never is. */
  List<Cell> of(List<Cell> cells) {
    List<Cell> pruned = cells.stream().filter(cell -> cell.level() > 0).toList();
    Predicate<Cell> severe = cell -> cell.kept() <= Math.ceil(0.2 * cell.total());
    return switch (this) {
      case SEVERE -> pruned.stream().filter(severe).toList();
      case MODERATE -> pruned.stream().filter(severe.negate()).toList();
      case TENTH ->
          pruned.stream()
              .filter(cell -> cell.density() >= 0.1)
              .max(Comparator.comparingInt(Cell::level))
              .stream()
              .toList();
      case TWENTIETH -> pruned.stream().filter(cell -> cell.density() < 0.05).toList();
    };
  }

  /** Which densities, in words. */
  @Override
  public String toString() {
    return words;
  }
}
