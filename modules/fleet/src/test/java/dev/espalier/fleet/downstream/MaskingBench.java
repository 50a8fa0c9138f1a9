package dev.espalier.fleet.downstream;

import dev.espalier.compute.Ending;
import dev.espalier.compute.Observer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.worker.Bench;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Finds masks whose bits are in the store, so that they are in their events, too. */
final class MaskingBench implements Bench {
  private final QuickBench quick;
  private final Artifacts artifacts;

  MaskingBench(QuickBench quick, Artifacts artifacts) {
    this.quick = quick;
    this.artifacts = artifacts;
  }

  @Override
  public Ending run(
      TaskId id,
      Task task,
      Map<TaskId, Result> parents,
      Optional<Digest> checkpoint,
      Observer observer) {
    Ending ending = quick.run(id, task, parents, checkpoint, observer);
    return ending instanceof Ending.Done(Result.Pruned pruned, var numerics, var cost)
        ? new Ending.Done(masked(id, pruned), numerics, cost)
        : ending;
  }

  private Result masked(TaskId id, Result.Pruned pruned) {
    Random random = new Random(id.hashCode());
    Mask mask =
        Mask.of(
            List.of(
                some("conv1.weight", List.of(4, 3, 3, 3), random), // (out, in, kh, kw)
                some("fc.weight", List.of(5, 7), random))); // (out, in)
    artifacts.put(mask.canonicalBytes());
    return new Result.Pruned(
        pruned.score(), mask.summary(Optional.empty()), pruned.trained(), pruned.rewind());
  }

  private static TensorMask some(String name, List<Integer> shape, Random random) {
    boolean[] kept = new boolean[shape.stream().reduce(1, Math::multiplyExact)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextBoolean();
    }
    return TensorMask.of(name, shape, kept);
  }
}
