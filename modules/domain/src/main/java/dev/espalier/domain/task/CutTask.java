package dev.espalier.domain.task;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Recipe;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cut of a round whose score was shared out: adds up what the shares found, selects, publishes
 * the smaller mask.
 *
 * @param setting data, network, seed and training
 * @param objective what the network was trained on
 * @param recipe how the round prunes
 * @param round from 0
 * @param trained the prune task that trained the network
 * @param scores the shares, by shard
 */
public record CutTask(
    Setting setting,
    Objective objective,
    Recipe recipe,
    int round,
    TaskId trained,
    List<TaskId> scores)
    implements Task {
  /**
   * Copies the shares.
   *
   * @throws IllegalArgumentException when the round is below 0, or there are not as many shares as
   *     the recipe says
   */
  public CutTask {
    scores = List.copyOf(scores);
    if (round < 0 || !recipe.sharesScores() || scores.size() != recipe.shards()) {
      throw new IllegalArgumentException(
          "expected a round from 0 on and %d scores, got round %d and %d scores"
              .formatted(recipe.shards(), round, scores.size()));
    }
  }

  @Override
  public List<TaskId> parents() {
    return Stream.concat(Stream.of(trained), scores.stream()).distinct().toList();
  }
}
