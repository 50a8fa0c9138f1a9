package dev.espalier.fleet.view;

import dev.espalier.domain.study.StudyId;
import java.util.List;

/**
 * What a study found, to be laid beside that of others.
 *
 * @param id its name by digest
 * @param name what a person calls it
 * @param tasks how many tasks it has
 * @param completed how many of them are done
 * @param curves accuracy against density, arm by arm in the study's order
 */
public record StudyCurves(StudyId id, String name, int tasks, int completed, List<Curve> curves) {
  /** Copies the curves. */
  public StudyCurves {
    curves = List.copyOf(curves);
  }
}
