package dev.espalier.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Examples;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskGraphTest {
  private static final List<Evaluation> ALL = Evaluation.USUAL;
  private static final Recipe FIRST =
      new Recipe(
          Criterion.MAGNITUDE,
          Scope.GLOBAL,
          0.5,
          TrainingPoint.epochs(1),
          Pattern.UNSTRUCTURED,
          Moment.TRAINED,
          Recipe.BATCHES,
          1,
          OptionalInt.of(2),
          Retraining.REWIND,
          PruningSchedule.ROUNDS);
  private static final List<Evaluation> EVERY =
      Arrays.stream(Protocol.values())
          .map(
              protocol ->
                  protocol.detail() == Protocol.Detail.TRANSFER
                      ? new Evaluation(protocol, "other")
                      : Evaluation.of(protocol))
          .toList();

  static Stream<Study> studies() {
    return Stream.of(
        Examples.study(1, ALL),
        Examples.study(3, ALL),
        Examples.study(2, List.of(Evaluation.TICKET)),
        Examples.study(4, List.of(Evaluation.PROBE, Evaluation.RANDOM)),
        Examples.study(2, List.of()),
        Examples.study(2, EVERY),
        Examples.sharedOut(Examples.study(2, EVERY), 3),
        widened());
  }

  /** With every objective, a variant and another data set. */
  private static Study widened() {
    Study base = Examples.study(2, EVERY);
    return new Study(
        base.data(),
        base.network(),
        List.of(1L),
        Objective.USUAL,
        base.training(),
        base.pruning(),
        base.evaluations(),
        base.precision(),
        new TreeMap<>(Map.of("rotation", Training.standard(7))),
        new TreeMap<>(
            Map.of("mild", new Pruning(Examples.recipe(0.2), 3), "first", new Pruning(FIRST, 2))),
        base.transfers());
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyTaskComesAfterItsParents(Study study) {
    Set<TaskId> before = new HashSet<>();
    for (Node node : TaskGraph.of(study, Examples.NAMING).nodes()) {
      assertThat(before).containsAll(node.task().parents());
      before.add(node.id());
    }
    assertThat(before).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyArmIsMeasuredOnceAtEveryLevelOfEverySeed(Study study) {
    List<Place> places =
        TaskGraph.of(study, Examples.NAMING).nodes().stream()
            .flatMap(node -> node.places().stream())
            .toList();

    assertThat(places).doesNotHaveDuplicates();
    for (Arm arm : Report.armsOf(study)) {
      if (arm.evaluation().isPresent()) {
        for (long seed : study.seeds()) {
          for (int level = 0; level <= study.pruningOf(arm.variant()).rounds(); level++) {
            assertThat(places).contains(new Place(arm, seed, level));
          }
        }
      }
    }
  }

  @Test
  void theDenseNetworkIsJudgedOnceForAllArmsThatAgreeOnIt() {
    TaskGraph graph = TaskGraph.of(Examples.study(2, ALL), Examples.NAMING);

    List<Place> ofFreshWeights =
        graph.nodes().stream()
            .filter(node -> node.task() instanceof EvaluateTask task && task.parents().isEmpty())
            .filter(node -> node.task().setting().seed() == 1)
            .flatMap(node -> node.places().stream())
            .toList();

    assertThat(ofFreshWeights)
        .containsExactlyInAnyOrder(
            new Place(Arm.of(Objective.LABELS, Evaluation.REINIT), 1, 0),
            new Place(Arm.of(Objective.ROTATION, Evaluation.REINIT), 1, 0),
            new Place(Arm.RANDOM, 1, 0));
  }

  @Test
  void trainingOnLabelsIsItselfTheDenseTicket() {
    TaskGraph graph = TaskGraph.of(Examples.study(1, List.of(Evaluation.TICKET)), Examples.NAMING);
    Place dense = new Place(Arm.of(Objective.LABELS, Evaluation.TICKET), 2, 0);

    Node node =
        graph.nodes().stream()
            .filter(any -> any.places().contains(dense))
            .findFirst()
            .orElseThrow();

    assertThat(node.task()).isInstanceOf(PruneTask.class);
  }

  @Test
  void whereNothingIsTrainedTheDenseTicketIsATaskOfItsOwn() {
    Study trained = Examples.study(1, List.of(Evaluation.TICKET));
    Recipe recipe =
        new Recipe(
            Criterion.SNIP,
            Scope.GLOBAL,
            0.5,
            TrainingPoint.START,
            Pattern.UNSTRUCTURED,
            Moment.UNTRAINED,
            Recipe.BATCHES);
    Study study =
        new Study(
            trained.data(),
            trained.network(),
            trained.seeds(),
            trained.objectives(),
            trained.training(),
            new Pruning(recipe, 1),
            trained.evaluations(),
            trained.precision());
    Place dense = new Place(Arm.of(Objective.LABELS, Evaluation.TICKET), 2, 0);

    Node node =
        TaskGraph.of(study, Examples.NAMING).nodes().stream()
            .filter(any -> any.places().contains(dense))
            .findFirst()
            .orElseThrow();

    assertThat(node.task()).isInstanceOf(EvaluateTask.class);
  }

  @Test
  void eachObjectiveIsTrainedAsTheStudySays() {
    for (Node node : TaskGraph.of(widened(), Examples.NAMING).nodes()) {
      if (node.task() instanceof PruneTask prune && prune.setting().data().train().isEmpty()) {
        assertThat(prune.setting().training()).isEqualTo(widened().trainingOn(prune.objective()));
      }
    }
  }

  @Test
  void pruningOnOtherDataBeginsWithTheDenseTrainedNetwork() {
    Place place =
        new Place(Arm.of(Objective.ROTATION, new Evaluation(Protocol.PRUNED, "other")), 1, 0);
    TaskGraph graph = TaskGraph.of(widened(), Examples.NAMING);

    PruneTask first = (PruneTask) taskAt(graph, place);
    PruneTask origin = (PruneTask) graph.node(first.origin().orElseThrow()).orElseThrow().task();

    assertThat(first.setting().data())
        .isEqualTo(widened().transferOf(new Evaluation(Protocol.PRUNED, "other")).data());
    assertThat(first.objective()).isEqualTo(Objective.LABELS);
    assertThat(origin.objective()).isEqualTo(Objective.ROTATION);
    assertThat(origin.round()).isZero();
  }

  @Test
  void aVariantSharesTheDenseNetworkAndHasControlsWhereItsDensitiesDiffer() {
    TaskGraph graph = TaskGraph.of(widened(), Examples.NAMING);
    Arm ticket = Arm.of(Objective.ROTATION, Evaluation.TICKET);

    assertThat(taskAt(graph, new Place(ticket.in("mild"), 1, 0)))
        .isEqualTo(taskAt(graph, new Place(ticket, 1, 0)));
    assertThat(taskAt(graph, new Place(Arm.RANDOM.in("mild"), 1, 3)))
        .isNotEqualTo(taskAt(graph, new Place(Arm.RANDOM, 1, 2)));
  }

  @Test
  void controlsPruneNoDeeperThanTheVariantThatTheyAreOf() {
    TaskGraph graph = TaskGraph.of(widened(), Examples.NAMING);

    EvaluateTask control = (EvaluateTask) taskAt(graph, new Place(Arm.RANDOM.in("first"), 1, 2));
    EvaluateTask ticket =
        (EvaluateTask)
            taskAt(
                graph, new Place(Arm.of(Objective.ROTATION, Evaluation.TICKET).in("first"), 1, 2));

    assertThat(control.depth()).hasValue(2);
    assertThat(ticket.depth()).isEmpty();
    assertThat(((EvaluateTask) taskAt(graph, new Place(Arm.RANDOM, 1, 2))).depth()).isEmpty();
  }

  private static Task taskAt(TaskGraph graph, Place place) {
    return graph.nodes().stream()
        .filter(any -> any.places().contains(place))
        .findFirst()
        .orElseThrow()
        .task();
  }

  @Test
  void atOnceEveryRoundKnowsOfTheDenseOneAloneAndPublishesItsOwnLevel() {
    Study study =
        pruned(2, List.of(Evaluation.TICKET), Retraining.REWIND, new PruningSchedule.Once());
    TaskGraph graph = TaskGraph.of(study, Examples.NAMING);

    List<Node> rounds =
        graph.nodes().stream()
            .filter(node -> node.places().contains(trained(0)) || isLater(node))
            .filter(node -> ((PruneTask) node.task()).objective().equals(Objective.LABELS))
            .filter(node -> node.task().setting().seed() == 1)
            .toList();
    Place ticket = new Place(Arm.of(Objective.LABELS, Evaluation.TICKET), 1, 2);

    assertThat(rounds)
        .extracting(node -> ((PruneTask) node.task()).level())
        .containsExactly(0, 1, 2);
    assertThat(rounds.get(1).task().parents()).containsExactly(rounds.get(0).id());
    assertThat(rounds.get(2).task().parents()).containsExactly(rounds.get(0).id());
    assertThat(
            graph.nodes().stream()
                .filter(node -> node.places().contains(ticket))
                .map(node -> ((EvaluateTask) node.task()).mask()))
        .containsExactly(Optional.of(rounds.get(2).id()));
  }

  @Test
  void aRoundWhoseScoresAreSharedOutEndsWithItsCut() {
    Study study = Examples.sharedOut(Examples.study(2, List.of(Evaluation.PROBE)), 3);
    TaskGraph graph = TaskGraph.of(study, Examples.NAMING);

    CutTask cut = (CutTask) taskAt(graph, trained(1));
    Task prune = graph.node(cut.trained()).orElseThrow().task();
    assertThat(prune).isInstanceOf(PruneTask.class);
    assertThat(prune.parents()).containsExactly(idAt(graph, trained(0)));
    assertThat(cut.scores())
        .extracting(score -> ((ScoreTask) graph.node(score).orElseThrow().task()).shard())
        .containsExactly(0, 1, 2);
    assertThat(graph.node(cut.scores().getFirst()).orElseThrow().task().parents())
        .containsExactly(cut.trained());
    assertThat(taskAt(graph, trained(2))).isInstanceOf(PruneTask.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8})
  void sharesHoldEveryBatchOnce(int shards) {
    Recipe recipe = Examples.sharedOut(Examples.study(1, List.of()), shards).pruning().recipe();
    Setting setting = sharedCut(shards).setting();
    int next = 0;
    for (int shard = 0; shard < shards; shard++) {
      ScoreTask share =
          new ScoreTask(setting, Objective.LABELS, recipe, new TaskId(Examples.digestOf(1)), shard);
      assertThat(share.first()).isEqualTo(next);
      assertThat(share.batches()).isPositive();
      next += share.batches();
    }
    assertThat(next).isEqualTo(recipe.batches());
  }

  private static Task sharedCut(int shards) {
    Study study = Examples.sharedOut(Examples.study(1, List.of()), shards);
    return taskAt(TaskGraph.of(study, Examples.NAMING), trained(0));
  }

  private static TaskId idAt(TaskGraph graph, Place place) {
    return graph.nodes().stream()
        .filter(any -> any.places().contains(place))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static Place trained(int level) {
    return new Place(Arm.trained(Objective.LABELS), 1, level);
  }

  private static boolean isLater(Node node) {
    return node.task() instanceof PruneTask task && task.round() > 0;
  }

  @Test
  void whatIsTrainedOnFromWhatItHasIsTrainedAtTheLastLevelToo() {
    Study study = pruned(2, List.of(), Retraining.RATE, PruningSchedule.ROUNDS);

    assertThat(TaskGraph.of(study, Examples.NAMING).nodes())
        .anyMatch(node -> node.places().contains(trained(2)));
  }

  private static Study pruned(
      int rounds, List<Evaluation> evaluations, Retraining retrain, PruningSchedule schedule) {
    Study usual = Examples.study(rounds, evaluations);
    Recipe recipe =
        new Recipe(
            Criterion.MAGNITUDE,
            Scope.GLOBAL,
            0.5,
            TrainingPoint.epochs(1),
            Pattern.UNSTRUCTURED,
            Moment.TRAINED,
            Recipe.BATCHES,
            1,
            OptionalInt.empty(),
            retrain,
            schedule);
    return new Study(
        usual.data(),
        usual.network(),
        usual.seeds(),
        usual.objectives(),
        usual.training(),
        new Pruning(recipe, rounds),
        usual.evaluations(),
        usual.precision());
  }

  @Test
  void aStudyWithMoreRoundsNeedsTheSameTasksAndMore() {
    Set<TaskId> few = ids(Examples.study(2, ALL));
    Set<TaskId> many = ids(Examples.study(3, ALL));

    assertThat(many).containsAll(few).hasSizeGreaterThan(few.size());
  }

  private static Set<TaskId> ids(Study study) {
    Set<TaskId> ids = new HashSet<>();
    TaskGraph.of(study, Examples.NAMING).nodes().forEach(node -> ids.add(node.id()));
    return ids;
  }
}
