package dev.espalier.domain.study;

/**
 * How a study prunes: one recipe, for so many rounds.
 *
 * @param recipe what each round does
 * @param rounds how many times weights are removed, 1 to 64: the study has this many densities
 *     below 1
 */
public record Pruning(Recipe recipe, int rounds) {
  private static final int MOST = 64;

  /**
   * Checks the number of rounds.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Pruning {
    if (rounds < 1 || rounds > MOST) {
      throw new IllegalArgumentException("expected 1 to " + MOST + " rounds, got " + rounds);
    }
    if (recipe.pattern() instanceof Pattern.NOfM groups && rounds > 1) {
      throw new IllegalArgumentException(
          "expected 1 round with the pattern %s, which leaves nothing to remove in a second, got %d"
              .formatted(groups, rounds));
    }
  }

  /** Whether it has the densities of {@code other}, level by level. */
  public boolean removesAsMuchAs(Pruning other) {
    return recipe.fraction() == other.recipe.fraction()
        && recipe.depth().equals(other.recipe.depth())
        && rounds == other.rounds;
  }
}
