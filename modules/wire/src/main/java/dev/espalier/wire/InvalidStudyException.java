package dev.espalier.wire;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A file of a study or of triggers that cannot be taken: a line for each thing that is wrong. */
public final class InvalidStudyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidStudyException(String whereFrom, List<Complaint> complaints) {
    super(
        complaints.stream()
            .sorted(Comparator.comparingInt(Complaint::line))
            .map(complaint -> whereFrom + ", line " + complaint.line() + ": " + complaint.text())
            .distinct()
            .collect(Collectors.joining("\n")));
  }

  /**
   * One thing that is wrong.
   *
   * @param line where, from 1
   * @param text what was expected and what came
   */
  record Complaint(int line, String text) {}
}
