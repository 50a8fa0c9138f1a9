package dev.espalier.fleet.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.wire.ForeignEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is due by schedule, and when. */
class TimetableTest {
  private static final Instant THREE = Instant.parse("2026-03-10T03:00:00Z");

  private static Triggers nightly(String missed) {
    return Heeders.triggers(
        """
        triggers:
          - name: nightly
            on: {schedule: 0 3 * * *, missed: %s}
            values: {day: $.data.day}
            study: {data: glyphs, network: resnet8, seeds: ["${day}"], training: {epochs: 2},
                    pruning: {rounds: 1}}
        """
            .formatted(missed));
  }

  private static List<Instant> due(
      String missed, Instant began, Optional<Instant> decided, Instant now) {
    return new Timetable(nightly(missed), began, _ -> decided)
        .due(now).stream().map(Timetable.Due::time).toList();
  }

  @Test
  void aTimeIsDueFromItsMomentOnAndOnce() {
    Timetable timetable =
        new Timetable(nightly("1h"), THREE.minusSeconds(90), _ -> Optional.empty());

    assertThat(timetable.due(THREE.minusMillis(1))).isEmpty();
    assertThat(timetable.due(THREE)).extracting(Timetable.Due::time).containsExactly(THREE);
    assertThat(timetable.due(THREE.plusSeconds(1))).isEmpty();
    assertThat(timetable.due(THREE.plus(Duration.ofDays(1)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1h, 59, true", "1h, 61, false", "6h, 61, true", "skip, 2, false"})
  void whatWasMissedIsMadeUpForWithinItsLimit(String missed, long minutes, boolean due) {
    Instant now = THREE.plus(Duration.ofMinutes(minutes));
    Optional<Instant> decided = Optional.of(THREE.minus(Duration.ofDays(3)));

    assertThat(due(missed, now, decided, now)).isEqualTo(due ? List.of(THREE) : List.of());
  }

  @Test
  void ofSeveralMissedTimesTheLatestIsMadeUpFor() {
    Instant now = THREE.plusSeconds(600);

    assertThat(due("7d", now, Optional.of(THREE.minus(Duration.ofDays(3))), now))
        .containsExactly(THREE);
  }

  @Test
  void whatWasBeforeAScheduleBeganIsNotMissed() {
    Instant now = THREE.plusSeconds(600);

    assertThat(due("7d", now, Optional.empty(), now)).isEmpty();
  }

  @Test
  void whatIsDecidedIsNotDueAgain() {
    assertThat(due("1h", THREE.minusSeconds(90), Optional.of(THREE), THREE.plusSeconds(5)))
        .isEmpty();
  }

  @Test
  void aScheduleHasItsOwnTimeZone() {
    Schedule berlin = Schedule.parse("x", "0 3 * * *", "Europe/Berlin", Duration.ZERO);

    assertThat(berlin.next(Instant.parse("2026-01-01T00:00:00Z")))
        .contains(Instant.parse("2026-01-01T02:00:00Z"));
    assertThat(berlin.next(Instant.parse("2026-07-01T00:00:00Z")))
        .contains(Instant.parse("2026-07-01T01:00:00Z"));
  }

  @Test
  void whoeverMakesTheEventOfATimeItHasTheSameName() {
    Schedule one = Schedule.parse("nightly", "0 3 * * *", "UTC", Duration.ZERO);
    Schedule other = Schedule.parse("nightly", "0 3 * * *", "UTC", Duration.ofDays(1));

    assertThat(ForeignEvents.of(one.event(THREE))).isEqualTo(ForeignEvents.of(other.event(THREE)));
    assertThat(one.event(THREE).getSource()).hasToString("/espalier/schedule/nightly");
    assertThat(one.event(THREE).getId()).isEqualTo("2026-03-10T03:00:00Z");
  }
}
