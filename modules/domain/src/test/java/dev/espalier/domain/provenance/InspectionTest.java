package dev.espalier.domain.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.Examples;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of where results come from, and of whether they still are what was found. */
class InspectionTest {
  private static final int WEIGHTS = 8;
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Numerics NUMERICS =
      new Numerics("onednn", "a processor", 1, "0.1.0", false, Optional.empty());

  private final Memory store = new Memory();
  private final Map<TaskId, Mask> masks = new HashMap<>();
  private Standings standings = Standings.EMPTY;

  /** Carries {@code study} out by a formula, each result passed through {@code wrong}. */
  private List<Node> carryOut(Study study, UnaryOperator<Result> wrong) {
    StudyId id = Examples.NAMING.nameOf(study);
    standings = standings.plus(new StudyWished(NOON, id, "a study", study, Wish.RUN));
    List<Node> nodes = TaskGraph.of(study, Examples.NAMING).nodes();
    for (Node node : nodes) {
      Outcome outcome = new Outcome.Completed(wrong.apply(found(node)), NUMERICS, Cost.NONE);
      standings = standings.plus(new OutcomePublished(NOON, id, node.id(), 2, "w/0", outcome));
    }
    return nodes;
  }

  private Result found(Node node) {
    return switch (node.task()) {
      case PruneTask prune when prune.recipe().sharesScores() ->
          pruned(node, prune.parent(), prune.round());
      case PruneTask prune -> pruned(node, prune.parent(), prune.round() + 1);
      case CutTask cut ->
          pruned(
              node,
              cut.round() == 0 ? Optional.empty() : Optional.of(cut.trained()),
              cut.round() + 1);
      case ScoreTask score -> new Result.Scored(put("evidence", node));
      case EvaluateTask evaluate -> {
        long kept = evaluate.mask().map(mask -> summaryOf(mask).kept()).orElse((long) WEIGHTS);
        yield new Result.Evaluated(new Score(0.5, 1), kept, WEIGHTS);
      }
    };
  }

  /** Each cut removes the first weight that is left. */
  private Result pruned(Node node, Optional<TaskId> parent, int removed) {
    boolean[] bits = new boolean[WEIGHTS];
    for (int i = removed; i < WEIGHTS; i++) {
      bits[i] = true;
    }
    Mask mask = Mask.of(List.of(TensorMask.of("w", List.of(WEIGHTS), bits)));
    store.put(mask.canonicalBytes());
    masks.put(node.id(), mask);
    MaskSummary summary = mask.summary(parent.map(one -> summaryOf(one).digest()));
    return new Result.Pruned(new Score(0.5, 1), summary, put("W*", node), put("W_k", node));
  }

  private MaskSummary summaryOf(TaskId task) {
    return Optional.ofNullable(masks.get(task)).orElseThrow().summary(Optional.empty());
  }

  private Digest put(String what, Node node) {
    return store.put((what + node.id()).getBytes(StandardCharsets.UTF_8));
  }

  private List<Finding> wrongOf(Digest wanted) {
    return Origin.of(wanted, standings, Examples.NAMING).stream()
        .flatMap(origin -> Inspection.of(origin, standings, store).stream())
        .filter(finding -> finding.wrong().isPresent())
        .toList();
  }

  private static Study study(int shards) {
    Study study = Examples.study(3, Evaluation.USUAL);
    return shards == 1 ? study : Examples.sharedOut(study, shards);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void allThatAStudyFoundIsTracedAndAsItWasFound(int shards) {
    Study study = study(shards);
    List<Node> nodes = carryOut(study, UnaryOperator.identity());
    Digest name = Examples.NAMING.nameOf(study).digest();

    assertThat(Origin.of(name, standings, Examples.NAMING))
        .hasSameSizeAs(nodes)
        .allMatch(origin -> !Inspection.of(origin, standings, store).isEmpty())
        .allMatch(origin -> origin.studies().getFirst().study().digest().equals(name))
        .allMatch(origin -> origin.ended().attempt() == 2);
    assertThat(wrongOf(name)).isEmpty();
  }

  @Test
  void whatIsMadeIsTracedToTheTasksThatMadeItAlone() {
    Node node = rounds(carryOut(study(1), UnaryOperator.identity())).get(1);
    Result.Pruned found = (Result.Pruned) standings.task(node.id()).result().orElseThrow();

    assertThat(Origin.of(found.trained(), standings, Examples.NAMING))
        .extracting(Origin::node)
        .containsExactly(node);
    assertThat(Origin.of(found.mask().digest(), standings, Examples.NAMING))
        .allMatch(origin -> origin.content() instanceof PruneTask prune && prune.round() == 1)
        .extracting(Origin::task)
        .contains(node.id());
    assertThat(Origin.named(found.trained().hex().substring(0, 20), standings, Examples.NAMING))
        .containsExactly(found.trained());
    assertThat(Origin.of(Examples.digestOf("nothing"), standings, Examples.NAMING)).isEmpty();
  }

  @Test
  void bytesThatAreGoneAreMissed() {
    Node node = rounds(carryOut(study(1), UnaryOperator.identity())).getFirst();
    Result.Pruned found = (Result.Pruned) standings.task(node.id()).result().orElseThrow();
    store.delete(found.trained());

    assertThat(wrongOf(node.id().digest()))
        .extracting(Finding::looked)
        .containsExactly("trained weights");
  }

  @Test
  void aCountThatIsNotThatOfTheBitsIsSeen() {
    List<Node> nodes =
        carryOut(
            study(1),
            result ->
                result instanceof Result.Pruned pruned
                    ? with(pruned, summary(pruned, "fewer"))
                    : result);

    assertThat(wrongOf(rounds(nodes).getFirst().id().digest()))
        .extracting(Finding::looked)
        .contains("counts");
  }

  private static MaskSummary summary(Result.Pruned pruned, String tensor) {
    Kept kept = pruned.mask().tensors().getFirst();
    return new MaskSummary(
        pruned.mask().digest(),
        pruned.mask().parent(),
        List.of(new Kept(tensor, kept.kept() - 1, kept.total())));
  }

  @Test
  void aWeightThatIsBackIsSeen() {
    boolean[] first = new boolean[WEIGHTS];
    first[0] = true; // the first cut removes it
    Mask back = Mask.of(List.of(TensorMask.of("w", List.of(WEIGHTS), first)));
    store.put(back.canonicalBytes());
    List<Node> nodes =
        carryOut(
            study(1),
            result ->
                result instanceof Result.Pruned pruned && pruned.mask().parent().isPresent()
                    ? with(pruned, back.summary(pruned.mask().parent()))
                    : result);

    assertThat(wrongOf(rounds(nodes).get(1).id().digest()))
        .extracting(Finding::looked)
        .contains("nothing removed is back");
  }

  @Test
  void aMaskThatSaysItWasCutFromAnotherIsSeen() {
    Mask stranger = Mask.of(List.of(TensorMask.dense("w", List.of(WEIGHTS))));
    store.put(stranger.canonicalBytes());
    List<Node> nodes =
        carryOut(
            study(1),
            result ->
                result instanceof Result.Pruned pruned
                    ? with(
                        pruned,
                        new MaskSummary(
                            pruned.mask().digest(),
                            Optional.of(stranger.digest()),
                            pruned.mask().tensors()))
                    : result);

    assertThat(wrongOf(rounds(nodes).get(1).id().digest()))
        .extracting(Finding::looked)
        .containsExactly("lineage");
  }

  @Test
  void aTaskWhoseParentIsNotOnTheLogIsSeen() {
    List<Node> nodes = carryOut(study(1), UnaryOperator.identity());
    Standings all = standings;
    Node second = rounds(nodes).get(1);
    TaskId parent = second.task().parents().getFirst();
    standings = Standings.EMPTY;
    all.studies().values().forEach(this::hear);
    all.tasks().values().stream()
        .flatMap(task -> task.outcome().stream())
        .filter(ended -> !ended.task().equals(parent))
        .forEach(this::hear);

    assertThat(wrongOf(second.id().digest()))
        .extracting(Finding::looked)
        .contains("parent " + parent.digest().brief());
  }

  private void hear(Event event) {
    standings = standings.plus(event);
  }

  private static Result with(Result.Pruned pruned, MaskSummary mask) {
    return new Result.Pruned(pruned.score(), mask, pruned.trained(), pruned.rewind());
  }

  /** The chain of one seed and objective. */
  private static List<Node> rounds(List<Node> nodes) {
    PruneTask first =
        nodes.stream()
            .map(Node::task)
            .filter(PruneTask.class::isInstance)
            .map(PruneTask.class::cast)
            .findFirst()
            .orElseThrow();
    return nodes.stream()
        .filter(
            node ->
                node.task() instanceof PruneTask prune
                    && prune.setting().equals(first.setting())
                    && prune.objective().equals(first.objective()))
        .toList();
  }

  private static final class Memory implements Artifacts {
    private final Map<Digest, byte[]> kept = new HashMap<>();

    @Override
    public Digest put(byte[] bytes) {
      Digest digest = Digest.of(bytes);
      kept.put(digest, bytes);
      return digest;
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return Optional.ofNullable(kept.get(digest));
    }

    @Override
    public void delete(Digest digest) {
      kept.remove(digest);
    }
  }
}
