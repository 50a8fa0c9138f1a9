package dev.espalier.domain.study;

/**
 * When the cuts are made that lead to a density. Level n of a study is what n cuts of a recipe's
 * fraction leave, whichever way it is reached.
 */
public sealed interface PruningSchedule {
  /** One cut after every round, each from what the one before left: the usual. */
  PruningSchedule ROUNDS = new Rounds();

  /** One cut after every round: iterative pruning. */
  record Rounds() implements PruningSchedule {
    @Override
    public String toString() {
      return "rounds";
    }
  }

  /** Each level in a cut of its own, straight from the dense network of round 0: one-shot. */
  record Once() implements PruningSchedule {
    @Override
    public String toString() {
      return "once";
    }
  }

  /**
   * Each level in a training of its own from W_k, cut little by little on the way: gradual pruning
   * (Zhu and Gupta 2017, equation 1, with an initial sparsity of 0). The first cut would be at the
   * later of step k and the end of warm-up, and takes nothing; what is removed stays so, unless the
   * criterion keeps dense weights.
   *
   * @param every Δt, the steps from one cut to the next, at least 1
   * @param end the part of training after which there is no cut, above 0 and below 1
   */
  record Cubic(int every, double end) implements PruningSchedule {
    private static final int POWER = 3;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Cubic {
      if (every < 1 || !(end > 0 && end < 1)) {
        throw new IllegalArgumentException(
            "expected a cut every 1 or more steps, to an end above 0 and below 1, got %d and %s"
                .formatted(every, end));
      }
    }

    /**
     * The sparsity after {@code cuts} of {@code all} cuts that lead to the sparsity {@code last}: s
     * = last + (0 − last)·(1 − cuts ÷ all)³.
     */
    public static double sparsity(double last, long cuts, long all) {
      return last - last * StrictMath.pow(1 - (double) cuts / all, POWER);
    }

    @Override
    public String toString() {
      return "cubic every %d to %s".formatted(every, end);
    }
  }

  /**
   * Each level in a training of its own from W_k whose weights stay dense: a step goes forward with
   * those that the pattern keeps, chosen anew from their sizes, and its gradient moves all, the
   * others with λ·w more (SR-STE, Zhou et al. 2021, equation 9).
   *
   * @param decay λ, at least 0
   */
  record StraightThrough(double decay) implements PruningSchedule {
    /**
     * Checks λ.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public StraightThrough {
      if (!(decay >= 0 && Double.isFinite(decay))) {
        throw new IllegalArgumentException("expected a decay of at least 0, got " + decay);
      }
    }

    @Override
    public String toString() {
      return "straight-through with decay " + decay;
    }
  }
}
