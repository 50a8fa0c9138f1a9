package dev.espalier.domain.task;

import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;

/**
 * How studies and tasks get their names: the digest of a canonical form, which {@code wire} knows.
 */
public interface Naming {
  /** The name of {@code study}. */
  StudyId nameOf(Study study);

  /** The name of {@code task}. */
  TaskId nameOf(Task task);
}
