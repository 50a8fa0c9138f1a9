package dev.espalier.fleet.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.util.List;
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
