package dev.espalier.domain.task;

import dev.espalier.domain.study.Study;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a study, and which needs which.
 *
 * <p>For each seed, objective and way to remove weights there is a chain of prune tasks. The one of
 * round n trains at level n (weights removed n times) and publishes the mask of level n + 1. Some
 * evaluations look at trained weights, so a study with one trains at its last level too; otherwise
 * its last mask is enough, unless a network is trained on from W*. Where a schedule does not go
 * round by round, each round after the first knows of round 0 alone, and publishes the mask of the
 * level that it trains at. Where scores are shared out, a round is a prune task, its score tasks
 * and the cut that they lead to, which stands for the round. The dense network is judged once for
 * all arms that agree on it: training on labels is itself the dense ticket, and fresh weights
 * without a mask serve {@code reinit} and the controls alike.
 */
public final class TaskGraph {
  private final Map<TaskId, Node> nodes;

  TaskGraph(Map<TaskId, Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * The graph of {@code study}.
   *
   * @throws IllegalArgumentException when the study's data are not pinned
   */
  public static TaskGraph of(Study study, Naming naming) {
    return new Expansion(study, naming).graph();
  }

  /** The tasks, each after its parents, in the order in which they are best released. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** The node of {@code task}; empty when the study does not need it. */
  public Optional<Node> node(TaskId task) {
    return Optional.ofNullable(nodes.get(task));
  }
}
