package dev.espalier.domain.task;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Recipe;
import java.util.List;

/**
 * A share of the batches by which a round's criterion judges the weights. What the shares of a
 * round find is added up by its {@link CutTask}, to the same bits however many they are.
 *
 * @param setting data, network, seed and training
 * @param objective whose loss the criterion looks at
 * @param recipe how the round prunes: the criterion, its batches, and how many shards share them
 * @param trained the prune task whose trained weights are judged, under the mask it trained with
 * @param shard which share, from 0
 */
public record ScoreTask(
    Setting setting, Objective objective, Recipe recipe, TaskId trained, int shard)
    implements Task {
  /**
   * Checks that there is such a share.
   *
   * @throws IllegalArgumentException otherwise
   */
  public ScoreTask {
    if (shard < 0 || shard >= recipe.shards() || !recipe.sharesScores()) {
      throw new IllegalArgumentException(
          "expected one of several shards, got shard %d of %d".formatted(shard, recipe.shards()));
    }
  }

  /** The first of its batches, counted from the first of the round's. */
  public int first() {
    return before(shard);
  }

  /** How many batches it sees, at least 1. */
  public int batches() {
    return before(shard + 1) - before(shard);
  }

  private int before(int shards) {
    return Math.toIntExact((long) recipe.batches() * shards / recipe.shards());
  }

  @Override
  public List<TaskId> parents() {
    return List.of(trained);
  }
}
