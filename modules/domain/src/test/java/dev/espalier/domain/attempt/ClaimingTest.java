package dev.espalier.domain.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.Examples;
import dev.espalier.domain.attempt.Claiming.Finding;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimingTest {
  private static final Study STUDY = Examples.study(1, List.of(Evaluation.TICKET));
  private static final Node NODE = TaskGraph.of(STUDY, Examples.NAMING).nodes().getFirst();
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(1));
  private static final Duration LOCK = Duration.ofSeconds(30);
  private static final Digest HALFWAY = Examples.digestOf("halfway");

  @Test
  void aTaskOfWhichNothingWasHeardIsClaimedAsAttemptOne() {
    assertThat(handed(0).look(Standing.NONE, NOON, LONG_AGO)).isEqualTo(new Finding.Free());
    assertThat(handed(0).claim(Standing.NONE, NOON)).map(AttemptReported::attempt).contains(1);
  }

  @ParameterizedTest
  @CsvSource({"14, Held", "15, Unheard", "29, Unheard", "30, Free"})
  void aHeartbeatIsYoungForHalfALockAndOldAfterAWholeOne(int seconds, String finding) {
    Standing standing = Standing.NONE.plus(word(1, Phase.RUNNING));

    Finding found = handed(0).look(standing, NOON.plusSeconds(seconds), LONG_AGO);

    assertThat(found.getClass().getSimpleName()).isEqualTo(finding);
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 14, Held",
    "3600, 30, Free",
    "7, 30, Unheard",
    "7, 37, Free",
    "-3600, 14, Free"
  })
  void aClockThatIsFarAheadKeepsNobodyAliveForLonger(int ahead, int seconds, String finding) {
    AttemptReported said = word(1, Phase.RUNNING).dated(NOON.plusSeconds(ahead));
    Standing standing = Standing.NONE.plus(said.heard(NOON, LOCK.dividedBy(4)));

    Finding found = handed(0).look(standing, NOON.plusSeconds(seconds), LONG_AGO);

    assertThat(found.getClass().getSimpleName()).isEqualTo(finding);
  }

  @ParameterizedTest
  @CsvSource({"0, 14, Held", "0, 30, Free", "20, 31, Unheard", "20, 49, Unheard", "20, 50, Free"})
  void silenceProvesNothingBeforeALockOfContact(int contact, int seconds, String finding) {
    Standing standing = Standing.NONE.plus(word(1, Phase.RUNNING));
    Instant heardSince = NOON.plusSeconds(contact);

    Finding found = handed(0).look(standing, NOON.plusSeconds(seconds), heardSince);

    assertThat(found.getClass().getSimpleName()).isEqualTo(finding);
  }

  @Test
  void whatTheOneWhoAsksHadBeforeItHasLeft() {
    Standing standing = Standing.NONE.plus(word(1, Phase.RUNNING, "worker", "halfway"));

    assertThat(handed(0).look(standing, NOON, NOON)).isEqualTo(new Finding.Free());
    assertThat(handed(0).claim(standing, NOON)).map(AttemptReported::attempt).contains(2);
  }

  @Test
  void anAttemptThatTheReleaseAnswersHoldsNothing() {
    Standing standing = Standing.NONE.plus(word(1, Phase.RUNNING));

    assertThat(handed(1).look(standing, NOON, LONG_AGO)).isEqualTo(new Finding.Free());
  }

  @Test
  void aClaimIsHigherThanAllAndGoesOnFromTheNewestCheckpoint() {
    Standing standing =
        Standing.NONE
            .plus(word(3, Phase.RUNNING))
            .plus(word(2, Phase.RUNNING, "another", "zombie"));

    Optional<AttemptReported> claim = handed(1).claim(standing, NOON);

    assertThat(claim).map(AttemptReported::attempt).contains(4);
    assertThat(claim).flatMap(AttemptReported::checkpoint).contains(HALFWAY);
    assertThat(handed(7).claim(standing, NOON)).map(AttemptReported::attempt).contains(8);
  }

  @Test
  void whatFailedIsThePlannersUntilAReleaseAnswersIt() {
    AttemptReported failed = word(1, Phase.FAILED);
    Standing standing = Standing.NONE.plus(failed);
    Instant later = NOON.plus(LOCK.multipliedBy(9));

    assertThat(handed(0).look(standing, later, LONG_AGO)).isEqualTo(new Finding.Held(failed));
    assertThat(handed(0).claim(standing, later)).isEmpty();
    assertThat(handed(1).look(standing, later, LONG_AGO)).isEqualTo(new Finding.Free());
    assertThat(handed(1).claim(standing, later)).map(AttemptReported::attempt).contains(2);
  }

  @Test
  void anOutcomeThatComesTooLateChangesNothing() {
    Standing standing = Standing.NONE.plus(failure(2));

    assertThat(standing.plus(failure(1))).isEqualTo(standing);
    assertThat(handed(1).look(standing, NOON, LONG_AGO)).isEqualTo(new Finding.Settled());
    assertThat(standing.isBeyond(2)).isTrue();
    assertThat(standing.isBeyond(3)).isFalse();
    assertThat(standing.endedBy(2, false)).isTrue();
    assertThat(standing.endedBy(2, true)).isFalse();
  }

  @Test
  void whatFailedForGoodIsSettledUntilAReleaseAnswersIt() {
    Standing standing = Standing.NONE.plus(word(1, Phase.CLAIMED)).plus(failure(1));

    assertThat(handed(0).look(standing, NOON, LONG_AGO)).isEqualTo(new Finding.Settled());
    assertThat(handed(0).claim(standing, NOON)).isEmpty();
    assertThat(handed(1).claim(standing, NOON)).map(AttemptReported::attempt).contains(2);
  }

  private static Claiming handed(int after) {
    TaskReleased released =
        new TaskReleased(NOON, Examples.NAMING.nameOf(STUDY), NODE.id(), NODE.task(), after);
    return new Claiming(released, "worker", LOCK);
  }

  private static OutcomePublished failure(int attempt) {
    return new OutcomePublished(
        NOON,
        Examples.NAMING.nameOf(STUDY),
        NODE.id(),
        attempt,
        "worker",
        new Outcome.Failed(new Failure.BadInput("expected less")));
  }

  private static AttemptReported word(int attempt, Phase phase) {
    return word(attempt, phase, "another", "halfway");
  }

  private static AttemptReported word(int attempt, Phase phase, String worker, String checkpoint) {
    return new AttemptReported(
        NOON,
        Examples.NAMING.nameOf(STUDY),
        NODE.id(),
        attempt,
        worker,
        phase,
        Progress.NONE,
        Optional.of(Examples.digestOf(checkpoint)),
        Optional.empty());
  }
}
