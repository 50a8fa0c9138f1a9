package dev.espalier.fleet.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private static final Study STUDY = Samples.study(2, 1L, 2L);
  private static final TaskGraph GRAPH = TaskGraph.of(STUDY, Samples.NAMING);

  @Test
  void nobodyKnowsBeforeAnythingWasMeasured() {
    assertThat(TimeLeft.of(GRAPH, Standings.EMPTY, 2)).isEmpty();
  }

  @Test
  void nothingIsLeftWhenAllIsDone() {
    assertThat(TimeLeft.of(GRAPH, standings(GRAPH.nodes()), 2)).hasValue(Duration.ZERO);
  }

  @Test
  void whatIsLeftTakesWhatFinishedTasksOfItsShapeTook() {
    List<Node> nodes = GRAPH.nodes();
    Node last = nodes.getLast();

    assertThat(TimeLeft.of(GRAPH, standings(nodes.subList(0, nodes.size() - 1)), 4))
        .as("only %s is left", last)
        .hasValue(Duration.ofSeconds(2));
  }

  @Test
  void whatTrainsNothingIsExpectedToTakeLittle() {
    Pruning untrained =
        new Pruning(
            new Recipe(
                Criterion.MAGNITUDE,
                Scope.GLOBAL,
                0.5,
                TrainingPoint.START,
                Pattern.UNSTRUCTURED,
                Moment.UNTRAINED,
                Recipe.BATCHES),
            2);
    Study study = with(new TreeMap<>(Map.of("untrained", untrained)));
    TaskGraph graph = TaskGraph.of(study, Samples.NAMING);
    List<Node> rest =
        graph.nodes().stream().filter(node -> !isOf(untrained.recipe(), node.task())).toList();

    Duration left = TimeLeft.of(graph, standings(rest), 1).orElseThrow();

    assertThat(rest).hasSize(graph.nodes().size() - 8);
    assertThat(left).isPositive().isLessThan(Duration.ofSeconds(4)); // 16, if they were trained
  }

  private static Study with(SortedMap<String, Pruning> variants) {
    return new Study(
        STUDY.data(),
        STUDY.network(),
        STUDY.seeds(),
        STUDY.objectives(),
        STUDY.training(),
        STUDY.pruning(),
        STUDY.evaluations(),
        STUDY.precision(),
        STUDY.trainings(),
        variants,
        STUDY.transfers());
  }

  private static boolean isOf(Recipe recipe, Task task) {
    return task instanceof PruneTask prune && prune.recipe().equals(recipe);
  }

  @Test
  void slotsShareTheWorkButNoChainIsDoneSoonerThanItsTasks() {
    Standings begun = standings(GRAPH.nodes().subList(0, 1));
    Duration one = TimeLeft.of(GRAPH, begun, 1).orElseThrow();
    Duration two = TimeLeft.of(GRAPH, begun, 2).orElseThrow();
    Duration many = TimeLeft.of(GRAPH, begun, 1_000).orElseThrow();
    Duration more = TimeLeft.of(GRAPH, begun, 2_000).orElseThrow();

    assertThat(two).isEqualTo(one.dividedBy(2));
    assertThat(many).isGreaterThan(one.dividedBy(1_000)).isEqualTo(more);
  }

  private static Standings standings(List<Node> done) {
    Standings standings = Standings.EMPTY;
    for (Node node : done) {
      standings =
          standings.plus(
              new OutcomePublished(
                  Samples.START,
                  Samples.NAMING.nameOf(STUDY),
                  node.id(),
                  1,
                  "worker",
                  Samples.completed(node.task())));
    }
    return standings;
  }
}
