package dev.espalier.fleet.view;

import dev.espalier.kafka.Positions;
import java.util.List;
import java.util.Optional;

/**
 * All studies and the fleet at a moment, and what of it is newer than other moments.
 *
 * @param number of the moment, greater than that of any before
 * @param version how many events it is made of
 * @param positions how far the log was read
 * @param parts study by study, the newest first
 */
public record Summary(long number, long version, Positions positions, List<Part> parts) {
  /**
   * What one study brings.
   *
   * @param line the study in a line
   * @param crew who works on it
   * @param since the number of the moment that it has been so since
   */
  record Part(StudyLine line, Crew crew, long since) {
    /** Whether {@code other} shows the same. */
    boolean isAs(Part other) {
      return line.equals(other.line) && crew.equals(other.crew);
    }
  }

  /** Copies the parts. */
  public Summary {
    parts = List.copyOf(parts);
  }

  /**
   * The studies that have changed since the moment of {@code number}, and the whole fleet; empty
   * when nothing has. All studies when {@code number} is negative.
   */
  public Optional<Overview> since(long number) {
    List<StudyLine> lines =
        parts.stream().filter(part -> part.since() > number).map(Part::line).toList();
    return lines.isEmpty() && number >= 0 ? Optional.empty() : Optional.of(overview(lines));
  }

  private Overview overview(List<StudyLine> lines) {
    return Crew.beside(lines, version, parts.stream().map(Part::crew).toList());
  }
}
