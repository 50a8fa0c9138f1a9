package dev.espalier.domain.study;

import dev.espalier.domain.Digest;

/**
 * The name of a study: the digest of its canonical form.
 *
 * @param digest SHA-256 of the RFC 8785 form, defaults omitted
 */
public record StudyId(Digest digest) implements Comparable<StudyId> {
  /**
   * The name that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException unless {@code text} is a digest
   */
  public static StudyId parse(String text) {
    return new StudyId(Digest.parse(text));
  }

  @Override
  public int compareTo(StudyId other) {
    return digest.compareTo(other.digest);
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
