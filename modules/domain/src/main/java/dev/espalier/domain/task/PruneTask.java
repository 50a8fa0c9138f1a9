package dev.espalier.domain.task;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round: train under the mask of the round before, score, select, publish the smaller mask.
 * Round 0 trains the dense network and keeps W_k. With a schedule that does not go round by round,
 * round 0 publishes the dense mask, and another makes, trains under and publishes that of its
 * level. With a recipe that shares scores out, a round trains alone, and its {@link CutTask} does
 * the rest.
 *
 * @param setting data, network, seed and training
 * @param objective what is trained on
 * @param recipe how the round prunes
 * @param round from 0
 * @param parent the round before or its cut, or round 0 where the schedule does not go round by
 *     round; absent in round 0 only
 * @param origin in round 0, the prune task whose trained weights are begun with, under a new head;
 *     W₀ is drawn where there is none
 */
public record PruneTask(
    Setting setting,
    Objective objective,
    Recipe recipe,
    int round,
    Optional<TaskId> parent,
    Optional<TaskId> origin)
    implements Task {
  /**
   * Checks that exactly round 0 has no parent, and no other an origin.
   *
   * @throws IllegalArgumentException otherwise
   */
  public PruneTask {
    if (round < 0 || (round == 0) != parent.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a parent in every round but round 0, got round "
              + round
              + " with parent "
              + parent);
    }
    if (round > 0 && origin.isPresent()) {
      throw new IllegalArgumentException(
          "expected an origin in round 0 only, got round " + round + " with " + origin);
    }
  }

  /** A round of what began with W₀. */
  public PruneTask(
      Setting setting, Objective objective, Recipe recipe, int round, Optional<TaskId> parent) {
    this(setting, objective, recipe, round, parent, Optional.empty());
  }

  /** Whether it ends by cutting the network that it trained. */
  public boolean cutsAtItsEnd() {
    return recipe.goesRoundByRound() && !recipe.sharesScores();
  }

  /** How many times weights were removed where the mask is that it ends with. */
  public int level() {
    return cutsAtItsEnd() ? round + 1 : round;
  }

  @Override
  public List<TaskId> parents() {
    return Stream.concat(parent.stream(), origin.stream()).toList();
  }
}
