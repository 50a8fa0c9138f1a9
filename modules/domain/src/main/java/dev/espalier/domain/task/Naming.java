package dev.espalier.domain.task;

import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Tenant;
import java.nio.charset.StandardCharsets;

/**
 * How studies and tasks get their names: the digest of a canonical form, which {@code wire} knows.
 */
public interface Naming {
  /** The name of {@code study}. */
  StudyId nameOf(Study study);

  /**
   * The name of {@code study} as {@code tenant}'s: the same study of another has another name, and
   * lives and ends by itself.
   */
  default StudyId nameOf(Study study, Tenant tenant) {
    String name = nameOf(study) + "@" + tenant;
    return new StudyId(Digest.of(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** The name of {@code task}. */
  TaskId nameOf(Task task);
}
