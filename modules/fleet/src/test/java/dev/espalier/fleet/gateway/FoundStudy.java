package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** A study that is over, all of whose masks are there, each within that of the round before. */
final class FoundStudy {
  private static final List<Integer> CONVOLUTION = List.of(8, 3, 3, 3); // (out, in, kh, kw)
  private static final List<Integer> DENSE = List.of(10, 8); // (out, in)

  /** Its events, in the order of its graph. */
  final List<Event> events = new ArrayList<>();

  /** Its masks, by the task that published them, in the order of its graph. */
  final Map<TaskId, Mask> masks = new HashMap<>();

  final StudyId id;

  /** The tasks that published masks, in the order of its graph. */
  final List<TaskId> prunings = new ArrayList<>();

  /**
   * A study.
   *
   * @param inline which masks are in their events
   */
  FoundStudy(Study study, Predicate<PruneTask> inline) {
    this.id = Samples.NAMING.nameOf(study);
    events.add(new StudyWished(Samples.START, id, "found", study, Wish.RUN));
    for (Node node : TaskGraph.of(study, Samples.NAMING).nodes()) {
      if (node.task() instanceof PruneTask prune) {
        events.add(published(node.id(), prune, inline.test(prune)));
        prunings.add(node.id());
      }
      events.add(
          new MetricSampled(
              Samples.at(1), id, node.id(), 1, 10, Map.of("train_loss", 1.5, "density", 1.0)));
      events.add(
          new OutcomePublished(
              Samples.at(2), id, node.id(), 1, "worker", Samples.completed(node.task())));
    }
  }

  private MaskPublished published(TaskId task, PruneTask prune, boolean inline) {
    Optional<Mask> parent = prune.parent().map(masks::get);
    Mask drawn = draw(new Random(task.hashCode()));
    Mask mask = parent.map(drawn::and).orElse(drawn);
    masks.put(task, mask);
    return new MaskPublished(
        Samples.at(1),
        id,
        task,
        prune.objective(),
        prune.round(),
        prune.setting().seed(),
        mask.summary(parent.map(Mask::digest)),
        inline ? Optional.of(mask) : Optional.empty());
  }

  private static Mask draw(Random random) {
    return Mask.of(
        List.of(draw("conv1.weight", CONVOLUTION, random), draw("fc.weight", DENSE, random)));
  }

  private static TensorMask draw(String name, List<Integer> shape, Random random) {
    boolean[] kept = new boolean[shape.stream().reduce(1, Math::multiplyExact)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextBoolean();
    }
    return TensorMask.of(name, shape, kept);
  }

  /** The mask of the {@code index}th task that published one. */
  Mask mask(int index) {
    return maskOf(prunings.get(index));
  }

  /** The mask that {@code task} published. */
  Mask maskOf(TaskId task) {
    return Optional.ofNullable(masks.get(task)).orElseThrow();
  }
}
