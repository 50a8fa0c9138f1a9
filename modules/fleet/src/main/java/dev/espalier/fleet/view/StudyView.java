package dev.espalier.fleet.view;

import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Cost;
import java.util.List;

/**
 * A study as its page shows it.
 *
 * @param line the study in a line
 * @param content what was asked for
 * @param curves accuracy against density, arm by arm in the study's order
 * @param active the tasks that are worked on or were preempted
 * @param failures why tasks ended without a result, the first few, in words
 * @param cost what the completed tasks took
 */
public record StudyView(
    StudyLine line,
    Study content,
    List<Curve> curves,
    List<TaskLine> active,
    List<String> failures,
    Cost cost) {
  /** Copies the lists. */
  public StudyView {
    curves = List.copyOf(curves);
    active = List.copyOf(active);
    failures = List.copyOf(failures);
  }
}
