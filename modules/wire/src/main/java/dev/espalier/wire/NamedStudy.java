package dev.espalier.wire;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.study.Study;
import java.util.Optional;

/**
 * A study, what people call it, and what it may take.
 *
 * @param name 1 to 100 characters; no part of the study's name by digest
 * @param study what is asked for
 * @param budget what it may take, no part of that name either; absent where as much as it needs
 */
public record NamedStudy(String name, Study study, Optional<Budget> budget) {
  private static final int LONGEST = 100;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is empty, too long, or has control characters
   */
  public NamedStudy {
    if (name.isBlank()
        || name.length() > LONGEST
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "expected a name of 1 to " + LONGEST + " printable characters, got \"" + name + "\"");
    }
  }
}
