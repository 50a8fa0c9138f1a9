package dev.espalier.fleet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Progress;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.simulation.Schedule.Size;
import dev.espalier.fleet.simulation.ShareGroup.Answer;
import dev.espalier.fleet.simulation.ShareGroup.Handed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model behaves as was measured on a real broker. */
class ModelTest {
  private static final long LOCK = Simulation.LOCK.toMillis();

  private final Catalogue catalogue = new Catalogue(Size.SMALL);
  private final World world =
      World.of(Schedule.drawn(1, Size.SMALL), catalogue, Bug.NONE, World.Trace.SILENT);
  private final Catalogue.Work work = catalogue.works().getFirst();
  private final StudyId study = catalogue.naming().nameOf(catalogue.studies().getFirst());
  private final ModelLog log = world.log();
  private final ShareGroup group = world.group();
  private final List<String> handed = new ArrayList<>();

  @BeforeEach
  void wish() {
    log.append(
        new StudyWished(
            Simulation.instant(0), study, "a study", catalogue.studies().getFirst(), Wish.RUN));
  }

  @Test
  void whatIsCommittedStandsBehindAnOpenTransactionOfAnother() {
    int first = log.initialise("first").orElseThrow();
    log.add("first", first, claim(1));
    int second = log.initialise("second").orElseThrow();
    log.add("second", second, claim(2));

    assertThat(log.commit("second", second)).isTrue();
    pass(1_000);

    assertThat(log.topic(Subject.ATTEMPTS).stable()).isZero();
    assertThat(log.topic(Subject.ATTEMPTS).end()).isEqualTo(3);
  }

  @Test
  void aTransactionThatNobodyEndsIsAbortedAndItsProducerFenced() {
    int epoch = log.initialise("first").orElseThrow();
    log.add("first", epoch, claim(1));

    pass(ModelLog.TIMEOUT + 1_000);

    assertThat(log.commit("first", epoch)).isFalse();
    assertThat(log.topic(Subject.ATTEMPTS).stable()).isEqualTo(2);
    assertThat(log.topic(Subject.ATTEMPTS).committed(0)).isEmpty();
  }

  @Test
  void aNewerProducerFencesTheOlderAndEndsWhatItLeft() {
    int older = log.initialise("first").orElseThrow();
    log.add("first", older, claim(1));

    assertThat(log.initialise("first")).isEmpty();
    pass(1_000);
    assertThat(log.initialise("first")).isPresent();

    assertThat(log.add("first", older, claim(1))).isEqualTo(ModelLog.Added.FENCED);
    assertThat(log.topic(Subject.ATTEMPTS).committed(0)).isEmpty();
  }

  @Test
  void aLateAcceptIsRefusedWhileAnotherHoldsTheRecordAndReportsSuccessOnceItIsFinished() {
    release();
    take("stopped");
    take("other");
    pass(LOCK + 1);

    assertThat(handed).containsExactly("stopped 1", "other 2");
    assertThat(group.accept("stopped", 0)).isEqualTo(Answer.REFUSED);
    assertThat(group.accept("other", 0)).isEqualTo(Answer.TAKEN);
    assertThat(group.accept("stopped", 0)).isEqualTo(Answer.LATE);
  }

  @Test
  void aRenewedRecordStaysWithItsHolder() {
    release();
    take("worker");
    take("other");

    pass(LOCK - 1);
    assertThat(group.renew("worker", 0)).isEqualTo(Answer.TAKEN);
    pass(LOCK - 1);

    assertThat(handed).containsExactly("worker 1");
  }

  @Test
  void anotherLeaderHandsOutAgainWhatIsWorkedOnAndCountsFromTheBeginning() {
    release();
    take("worker");
    take("other");

    group.forget();

    assertThat(handed).containsExactly("worker 1", "other 1");
    assertThat(group.renew("worker", 0)).isEqualTo(Answer.REFUSED);
  }

  @Test
  void afterFiveDeliveriesARecordIsGivenUp() {
    release();
    for (int delivery = 1; delivery <= 6; delivery++) {
      take("worker");
      pass(LOCK + 1);
    }

    assertThat(handed).hasSize(5).last().isEqualTo("worker 5");
    assertThat(group.isDrained()).isTrue();
  }

  private void release() {
    log.append(new TaskReleased(Samples.START, study, work.id(), work.task(), 0));
  }

  private void take(String name) {
    group.ask(
        new ShareGroup.Member(name, (Handed record) -> handed.add(name + " " + record.count())));
  }

  private void pass(long time) {
    long end = world.timeline().now() + time;
    world.timeline().at(end, () -> {});
    while (world.timeline().step(end + 1)) {
      // Until then.
    }
  }

  private AttemptReported claim(int attempt) {
    return new AttemptReported(
        Samples.START,
        study,
        work.id(),
        attempt,
        "worker",
        Phase.CLAIMED,
        Progress.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
