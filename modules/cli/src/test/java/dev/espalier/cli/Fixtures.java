package dev.espalier.cli;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Size;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.wire.CanonicalNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A small study and what its tasks would have found, by a formula instead of by training. */
public final class Fixtures {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final Naming NAMING = new CanonicalNaming();
  public static final Study STUDY =
      new Study(
          DataSpec.all(DataSpec.Name.GLYPHS).pinnedTo(Digest.of(new byte[] {1})),
          KnownNetwork.RESNET8,
          List.of(1L, 2L, 3L),
          List.of(Objective.LABELS, Objective.ROTATION),
          Training.standard(2),
          new Pruning(
              new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.2, TrainingPoint.epochs(1)), 2),
          Evaluation.USUAL,
          Precision.FLOAT32);
  public static final StudyId ID = NAMING.nameOf(STUDY);
  public static final TaskGraph GRAPH = TaskGraph.of(STUDY, NAMING);
  private static final int WEIGHTS = 1000;
  private static final String WORKER = "slot 1";

  private Fixtures() {}

  /** The standings once every task is done. */
  public static Standings finished() {
    Standings standings = Standings.EMPTY;
    for (Node node : GRAPH.nodes()) {
      standings = finish(standings, node);
    }
    return standings;
  }

  /** {@code standings} once {@code node} is done too. */
  public static Standings finish(Standings standings, Node node) {
    Standings next = standings;
    for (Event event : endOf(node)) {
      next = next.plus(event);
    }
    return next;
  }

  /** What is published when {@code node} is done: its mask where it has one, and its outcome. */
  public static List<Event> endOf(Node node) {
    List<Event> events = new ArrayList<>();
    if (node.task() instanceof PruneTask prune) {
      Mask mask = mask(node);
      events.add(
          new Event.MaskPublished(
              NOON,
              ID,
              node.id(),
              prune.objective(),
              prune.round(),
              prune.setting().seed(),
              mask.summary(Optional.empty()),
              Optional.of(mask)));
    }
    Numerics numerics = new Numerics("onednn", "a processor", 1, "0.1.0", false, Optional.empty());
    Cost cost = new Cost(12_000, Duration.ofSeconds(3));
    events.add(
        new Event.OutcomePublished(
            NOON, ID, node.id(), 1, WORKER, new Outcome.Completed(resultOf(node), numerics, cost)));
    return events;
  }

  private static Result resultOf(Node node) {
    Place place = node.places().getFirst();
    Score score = new Score(accuracy(place), 0.5);
    return switch (node.task()) {
      case PruneTask prune ->
          new Result.Pruned(
              score,
              mask(node).summary(Optional.empty()),
              Digest.of(new byte[] {2}),
              Digest.of(new byte[] {3}),
              Optional.of(
                  new Cut(
                      new Score(0.7 * accuracy(place), 1.5),
                      size(kept(place.level() + 1)),
                      place.level() == 0 ? 50 + place.seed() : 0)));
      case ScoreTask share -> throw new AssertionError("nothing is shared out: " + share);
      case CutTask cut -> throw new AssertionError("nothing is shared out: " + cut);
      case EvaluateTask evaluate -> {
        int kept = kept(place.level());
        boolean copied = evaluate.evaluation().protocol() == Protocol.INSTABILITY;
        Optional<List<Double>> line =
            copied ? Optional.of(List.of(0.9, 0.5, 0.8)) : Optional.empty();
        yield new Result.Evaluated(score, kept, WEIGHTS, Optional.of(size(kept)), line);
      }
    };
  }

  /** The size of a network with a few weights that are never removed. */
  private static Size size(int kept) {
    int more = 60;
    return new Size(
        WEIGHTS + more, kept + more, 9L * WEIGHTS + more, 9L * kept * kept / WEIGHTS + more);
  }

  /** Falls with the level, least for tickets from labels; differs a little from seed to seed. */
  private static double accuracy(Place place) {
    int fall = place.arm().evaluation().map(Evaluation.USUAL::indexOf).orElse(1) + 1;
    fall += place.arm().objective().map(Objective.USUAL::indexOf).orElse(0);
    return 0.9 - 0.02 * fall * place.level() - 0.003 * place.seed();
  }

  /** What is left of the weights after {@code level} cuts. */
  public static int kept(int level) {
    return (int) (WEIGHTS * Math.pow(0.8, level));
  }

  /** A mask that differs from task to task. */
  private static Mask mask(Node node) {
    int kept = kept(node.places().getFirst().level() + 1);
    int first = Math.floorMod(node.id().hashCode(), WEIGHTS);
    boolean[] bits = new boolean[WEIGHTS];
    for (int i = 0; i < kept; i++) {
      bits[(first + i) % WEIGHTS] = true;
    }
    return Mask.of(
        List.of(
            TensorMask.of("conv1.weight", List.of(20, 10), Arrays.copyOf(bits, 200)),
            TensorMask.of(
                "layer1.0.conv1.weight", List.of(80, 10), Arrays.copyOfRange(bits, 200, WEIGHTS))));
  }

  /** The node whose task is {@code task}, which must be there. */
  public static Node node(TaskId task) {
    return GRAPH.node(task).orElseThrow();
  }

  /** The release of {@code node}. */
  public static Event released(Node node) {
    Task task = node.task();
    return new Event.TaskReleased(NOON, ID, node.id(), task, 0);
  }
}
