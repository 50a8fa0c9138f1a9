package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Names by content: the SHA-256 of the RFC 8785 form of the JSON, without what equals a default of
 * its schema, so that a key added later renames nothing. The seeds, objectives and evaluations of a
 * study are sets and stand sorted; a task's form also has {@code method}, the revision of {@link
 * Task#METHOD}.
 */
public final class CanonicalNaming implements Naming {
  private static final long LARGEST = (1L << 53) - 1;

  /** {@inheritDoc} */
  @Override
  public StudyId nameOf(Study study) {
    return new StudyId(Digest.of(canonical(study)));
  }

  /** {@inheritDoc} */
  @Override
  public TaskId nameOf(Task task) {
    return new TaskId(Digest.of(canonical(task)));
  }

  /**
   * The bytes that name {@code study}: UTF-8.
   *
   * @throws IllegalArgumentException when a seed is beyond ±(2^53 − 1), where JSON numbers run
   *     together
   */
  public static byte[] canonical(Study study) {
    JsonNode tree = Json.tree(study);
    Defaults.reduce(tree, Schemas.definition("study"));
    return canonical(tree);
  }

  /**
   * The bytes that name {@code task}: UTF-8.
   *
   * @throws IllegalArgumentException when the seed is beyond ±(2^53 − 1), where JSON numbers run
   *     together
   */
  public static byte[] canonical(Task task) {
    JsonNode tree = Json.tree(task);
    Defaults.reduce(tree, Schemas.definition("task"));
    return canonical(((ObjectNode) tree).put("method", Task.METHOD));
  }

  private static byte[] canonical(JsonNode tree) {
    requireExact(tree);
    try {
      return new JsonCanonicalizer(tree.toString()).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireExact(JsonNode node) {
    if (node.isIntegralNumber() && (node.longValue() > LARGEST || node.longValue() < -LARGEST)) {
      throw new IllegalArgumentException(
          "expected whole numbers within ±" + LARGEST + " in what is named, got " + node);
    }
    node.forEach(CanonicalNaming::requireExact);
  }
}
