package dev.espalier.domain.task;

import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import java.util.Optional;

/**
 * One curve of a study's comparison: mask from × weights from × evaluated by.
 *
 * @param objective what found the mask; absent for the random control
 * @param evaluation how it is judged; absent for the accuracy that training on the objective itself
 *     reaches
 */
public record Arm(Optional<Objective> objective, Optional<Evaluation> evaluation) {
  /** The random control, which owes nothing to any objective. */
  public static final Arm RANDOM = new Arm(Optional.empty(), Optional.of(Evaluation.RANDOM));

  /**
   * Checks that exactly the random control has no objective.
   *
   * @throws IllegalArgumentException otherwise
   */
  public Arm {
    boolean random = evaluation.equals(Optional.of(Evaluation.RANDOM));
    if (random != objective.isEmpty()) {
      throw new IllegalArgumentException(
          "expected an objective in every arm but random, got " + objective + " " + evaluation);
    }
  }

  /** The accuracy on {@code objective} itself, of the networks that are trained on it. */
  public static Arm trained(Objective objective) {
    return new Arm(Optional.of(objective), Optional.empty());
  }

  /**
   * Masks that {@code objective} found, judged by {@code evaluation}; the random control is one.
   */
  public static Arm of(Objective objective, Evaluation evaluation) {
    return evaluation == Evaluation.RANDOM
        ? RANDOM
        : new Arm(Optional.of(objective), Optional.of(evaluation));
  }

  /** {@code labels/ticket}, {@code rotation/trained}, {@code random}. */
  @Override
  public String toString() {
    String judged = evaluation.map(Evaluation::toString).orElse("trained");
    return objective.map(found -> found + "/" + judged).orElse(judged);
  }
}
