package dev.espalier.domain.task;

import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One measurement on labels.
 *
 * @param setting data, network, seed and training
 * @param evaluation the protocol, any but {@code pruned}
 * @param mask the prune task whose published mask is judged; absent for the dense network
 * @param weights the prune task that weights come from, where the protocol takes any: as {@link
 *     Protocol#weights} says
 * @param depth how many of the first convolutions a control may prune, those that the mask was
 *     pruned in; absent: everything
 */
public record EvaluateTask(
    Setting setting,
    Evaluation evaluation,
    Optional<TaskId> mask,
    Optional<TaskId> weights,
    OptionalInt depth)
    implements Task {
  /**
   * Checks that weights are named exactly where the protocol takes any.
   *
   * @throws IllegalArgumentException otherwise
   */
  public EvaluateTask {
    if (evaluation.protocol() == Protocol.PRUNED) {
      throw new IllegalArgumentException("expected prune tasks for " + evaluation);
    }
    boolean inherits = evaluation.protocol().weights() != Protocol.Weights.FRESH;
    if (inherits != weights.isPresent()) {
      throw new IllegalArgumentException(
          "expected weights with protocols that begin with %s, got %s with weights %s"
              .formatted(inherits ? evaluation.protocol().weights() : "any", evaluation, weights));
    }
  }

  /** A measurement of a mask that may lie anywhere in the network. */
  public EvaluateTask(
      Setting setting, Evaluation evaluation, Optional<TaskId> mask, Optional<TaskId> weights) {
    this(setting, evaluation, mask, weights, OptionalInt.empty());
  }

  @Override
  public List<TaskId> parents() {
    return Stream.concat(mask.stream(), weights.stream()).distinct().toList();
  }
}
