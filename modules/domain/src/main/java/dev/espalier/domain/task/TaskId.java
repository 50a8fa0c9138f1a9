package dev.espalier.domain.task;

import dev.espalier.domain.Digest;

/**
 * The name of a task: the digest of its canonical form.
 *
 * @param digest SHA-256 of the RFC 8785 form, defaults omitted
 */
public record TaskId(Digest digest) implements Comparable<TaskId> {
  /**
   * The name that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException unless {@code text} is a digest
   */
  public static TaskId parse(String text) {
    return new TaskId(Digest.parse(text));
  }

  @Override
  public int compareTo(TaskId other) {
    return digest.compareTo(other.digest);
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
