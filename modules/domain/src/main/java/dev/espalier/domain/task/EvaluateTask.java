package dev.espalier.domain.task;

import dev.espalier.domain.study.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One measurement on labels.
 *
 * @param setting data, network, seed and training
 * @param evaluation the protocol
 * @param mask the prune task whose published mask is judged; absent for the dense network
 * @param weights where weights come from: for {@code ticket} the prune task of round 0, whose W_k
 *     is used; for {@code probe} the prune task whose trained weights are frozen; absent for {@code
 *     reinit} and {@code random}, which draw fresh ones
 */
public record EvaluateTask(
    Setting setting, Evaluation evaluation, Optional<TaskId> mask, Optional<TaskId> weights)
    implements Task {
  /**
   * Checks that weights are named exactly where the protocol takes any.
   *
   * @throws IllegalArgumentException otherwise
   */
  public EvaluateTask {
    boolean inherits = evaluation == Evaluation.TICKET || evaluation == Evaluation.PROBE;
    if (inherits != weights.isPresent()) {
      throw new IllegalArgumentException(
          "expected weights with ticket and probe only, got "
              + evaluation
              + " with weights "
              + weights);
    }
  }

  @Override
  public List<TaskId> parents() {
    return Stream.concat(mask.stream(), weights.stream()).distinct().toList();
  }
}
