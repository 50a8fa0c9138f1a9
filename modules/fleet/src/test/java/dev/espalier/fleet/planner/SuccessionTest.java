package dev.espalier.fleet.planner;

import static dev.espalier.fleet.Samples.at;
import static dev.espalier.fleet.Samples.study;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static final Node NODE = TaskGraph.of(study(1, 1L), Samples.NAMING).nodes().getFirst();

  private final Succession succession = new Succession(Duration.ofSeconds(15));

  @Test
  void whatAnActivePlannerDoesInTimeGivesNoReasonToTakeOver() {
    for (int second = 0; second < 100; second += 10) {
      assertThat(succession.isOpen(due(second), at(second))).isFalse();
    }
  }

  @Test
  void whatStaysDueIsAReasonToTakeOver() {
    assertThat(succession.isOpen(due(1), at(0))).isFalse();
    assertThat(succession.isOpen(due(1), at(15))).isFalse();
    assertThat(succession.isOpen(due(1), at(16))).isTrue();
  }

  @Test
  void whatIsDueAgainCountsAnew() {
    assertThat(succession.isOpen(due(1), at(0))).isFalse();
    assertThat(succession.isOpen(List.of(), at(10))).isFalse();
    assertThat(succession.isOpen(due(1), at(20))).isFalse();
  }

  private static List<Event> due(int after) {
    return List.of(
        new TaskReleased(
            at(0), Samples.NAMING.nameOf(study(1, 1L)), NODE.id(), NODE.task(), after));
  }
}
