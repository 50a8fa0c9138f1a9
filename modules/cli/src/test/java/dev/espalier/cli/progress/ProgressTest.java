package dev.espalier.cli.progress;

import static dev.espalier.cli.Fixtures.GRAPH;
import static dev.espalier.cli.Fixtures.ID;
import static dev.espalier.cli.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Fixtures;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theBlockSaysWhatEachSlotDoes() {
    List<Node> nodes = GRAPH.nodes();
    Standings standings = Fixtures.finish(Standings.EMPTY, nodes.getFirst());
    standings = running(standings, nodes.get(1), "slot 2", 0.7125);

    List<String> block =
        ProgressText.block(progress(standings, Optional.of(Duration.ofSeconds(185))));

    assertThat(block)
        .containsExactly(
            "small  ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  1 of 18 rounds, 1 of %d tasks, about 3:05 min left"
                .formatted(nodes.size()),
            "  prune labels seed 1 round 1          epoch 2/2    1,320 images/s"
                + "  density   80 %  accuracy 71.25 %");
  }

  @Test
  void aLineSaysTheSameInBrief() {
    Standings standings = running(Standings.EMPTY, GRAPH.nodes().getFirst(), "slot 2", 0.7125);

    assertThat(ProgressText.line(progress(standings, Optional.empty())))
        .contains("epoch 2/2 1,320 images/s density 100 % accuracy 71.25 %");
  }

  @Test
  void aStudyIsOverOnceAllItsTasksHaveEnded() {
    StudyProgress progress = progress(Fixtures.finished(), Optional.empty());

    assertThat(progress.isOver()).isTrue();
    assertThat(progress.done()).isEqualTo(1);
    assertThat(progress.roundsDone()).isEqualTo(18);
  }

  @Test
  void whatAFailedTaskBarsIsNotWaitedFor() {
    Standings standings = failed(GRAPH.nodes().getFirst());

    StudyProgress progress = progress(standings, Optional.empty());

    assertThat(progress.failed()).isEqualTo(1);
    assertThat(progress.barred()).isPositive();
    assertThat(progress.isOver()).isFalse();
    assertThat(ProgressText.line(progress)).contains("1 failed");
  }

  @Test
  void aTaskThatFailedBeforeTheStudyWasAskedForAgainIsTriedAgain() {
    Standings standings = failed(GRAPH.nodes().getFirst());

    StudyProgress again =
        StudyProgress.of("small", GRAPH, standings, NOON.plusSeconds(1), Optional.empty());

    assertThat(again.failed()).isZero();
    assertThat(again.barred()).isZero();
  }

  @Test
  void linesComeAtAModestRate() {
    LineView view = new LineView(out);
    Standings none = Standings.EMPTY;
    Standings one = Fixtures.finish(none, GRAPH.nodes().getFirst());

    view.show(progress(none, Optional.empty()), NOON);
    view.show(progress(none, Optional.empty()), NOON.plusSeconds(29));
    view.show(progress(none, Optional.empty()), NOON.plusSeconds(30));
    view.show(progress(one, Optional.empty()), NOON.plusSeconds(34));
    view.show(progress(one, Optional.empty()), NOON.plusSeconds(35));

    assertThat(printed().lines()).hasSize(3).last().asString().contains("1 of 18 rounds");
  }

  @Test
  void theLastLineIsPrintedOnceHoweverSoonItComes() {
    LineView view = new LineView(out);
    StudyProgress over = progress(Fixtures.finished(), Optional.empty());

    view.show(progress(Standings.EMPTY, Optional.empty()), NOON);
    view.show(over, NOON.plusMillis(1));
    view.show(over, NOON.plusSeconds(60));

    assertThat(printed().lines()).hasSize(2);
  }

  @Test
  void aRedrawnBlockReplacesTheOneBefore() {
    RedrawnView view = new RedrawnView(out);
    Standings standings = running(Standings.EMPTY, GRAPH.nodes().getFirst(), "slot 1", 0.5);

    view.show(progress(standings, Optional.empty()), NOON);
    view.show(progress(standings, Optional.empty()), NOON.plusSeconds(1));

    assertThat(printed()).containsOnlyOnce("\u001b[2A");
  }

  private static Standings failed(Node node) {
    Outcome outcome = new Outcome.Failed(new Failure.Diverged("expected a loss, got NaN"));
    return Standings.EMPTY.plus(
        new Event.OutcomePublished(NOON, ID, node.id(), 1, "slot 1", outcome));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static StudyProgress progress(Standings standings, Optional<Duration> left) {
    return StudyProgress.of("small", GRAPH, standings, NOON, left);
  }

  private static Standings running(Standings standings, Node node, String slot, double accuracy) {
    Progress progress = new Progress(150, 200, 1, 2, 1320, 0.8);
    return standings
        .plus(Fixtures.released(node))
        .plus(
            new Event.AttemptReported(
                NOON,
                ID,
                node.id(),
                1,
                slot,
                Event.Phase.RUNNING,
                progress,
                Optional.empty(),
                Optional.empty()))
        .plus(
            new Event.MetricSampled(
                NOON, ID, node.id(), 1, 150, Map.of("test_accuracy", accuracy)));
  }
}
