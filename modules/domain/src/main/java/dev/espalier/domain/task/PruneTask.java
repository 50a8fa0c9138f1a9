package dev.espalier.domain.task;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * One round: train under the mask of the round before, score, select, publish the smaller mask.
 * Round 0 trains the dense network and keeps W_k.
 *
 * @param setting data, network, seed and training
 * @param objective what is trained on
 * @param recipe how the round prunes
 * @param round from 0
 * @param parent the round before; absent in round 0 only
 */
public record PruneTask(
    Setting setting, Objective objective, Recipe recipe, int round, Optional<TaskId> parent)
    implements Task {
  /**
   * Checks that exactly round 0 has no parent.
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
  }

  @Override
  public List<TaskId> parents() {
    return parent.stream().toList();
  }
}
