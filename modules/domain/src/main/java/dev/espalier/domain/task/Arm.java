package dev.espalier.domain.task;

import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import java.util.Optional;

/**
 * One curve of a study's comparison: mask from × weights from × evaluated by.
 *
 * @param objective what found the mask; absent for the controls that owe nothing to any objective
 * @param evaluation how it is judged; absent for the accuracy that training on the objective itself
 *     reaches
 * @param variant how weights were removed: the name of one of the study's variants; empty for its
 *     own way
 */
public record Arm(Optional<Objective> objective, Optional<Evaluation> evaluation, String variant) {
  /** The random control, which owes nothing to any objective. */
  public static final Arm RANDOM = new Arm(Optional.empty(), Optional.of(Evaluation.RANDOM), "");

  /**
   * Checks that exactly the controls have no objective.
   *
   * @throws IllegalArgumentException otherwise
   */
  public Arm {
    boolean control = evaluation.filter(how -> how.protocol().isControl()).isPresent();
    if (control != objective.isEmpty()) {
      throw new IllegalArgumentException(
          "expected an objective in every arm but controls, got " + objective + " " + evaluation);
    }
  }

  /** The accuracy on {@code objective} itself, of the networks that are trained on it. */
  public static Arm trained(Objective objective) {
    return new Arm(Optional.of(objective), Optional.empty(), "");
  }

  /** Masks that {@code objective} found, judged by {@code evaluation}; controls are of none. */
  public static Arm of(Objective objective, Evaluation evaluation) {
    return new Arm(
        evaluation.protocol().isControl() ? Optional.empty() : Optional.of(objective),
        Optional.of(evaluation),
        "");
  }

  /** The same with weights removed as {@code name} says. */
  public Arm in(String name) {
    return new Arm(objective, evaluation, name);
  }

  /** {@code labels/ticket}, {@code rotation/trained}, {@code random}, {@code random (snip)}. */
  @Override
  public String toString() {
    String judged = evaluation.map(Evaluation::toString).orElse("trained");
    String text = objective.map(found -> found + "/" + judged).orElse(judged);
    return variant.isEmpty() ? text : "%s (%s)".formatted(text, variant);
  }
}
