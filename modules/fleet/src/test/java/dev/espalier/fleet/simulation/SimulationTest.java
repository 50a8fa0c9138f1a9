package dev.espalier.fleet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.fleet.simulation.Schedule.Size;
import dev.espalier.fleet.simulation.Simulation.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SimulationTest {
  @ParameterizedTest
  @CsvSource({"1", "101", "100001"})
  void noScheduleBreaksAnInvariant(long first) {
    List<String> told = new ArrayList<>();
    Campaign campaign = new Campaign(Size.SMALL, Bug.NONE, told::add);

    campaign.run(first, 100);

    assertThat(campaign.broken()).as(String.join("\n", told)).isZero();
  }

  @Test
  void noScheduleOfThousandsOfFaultsBreaksAnInvariant() {
    List<String> told = new ArrayList<>();
    Campaign campaign = new Campaign(Size.LARGE, Bug.NONE, told::add);

    campaign.run(1, 2);

    assertThat(campaign.broken()).as(String.join("\n", told)).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsFoundWithinAThousandSchedules(Bug bug) {
    assertThat(Campaign.firstFound(bug, Size.SMALL, 5_000, 1_000)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_REISSUE", "CLAIM_OUTSIDE_TRANSACTION", "READ_TO_STABLE_OFFSET"})
  void aFailingScheduleShrinksToAShorterOneThatBreaksTheSame(Bug bug) {
    long seed = Campaign.firstFound(bug, Size.SMALL, 1, 1_000).orElseThrow();
    Schedule failing = Schedule.drawn(seed, Size.SMALL);
    Runner runner = new Runner(bug);
    Invariant invariant = runner.run(failing).broken().orElseThrow().invariant();

    Schedule shortest = new Shrinker(runner, invariant).shrink(failing);

    assertThat(shortest.faults()).hasSizeLessThan(failing.faults().size() / 2);
    assertThat(runner.run(shortest).broke(invariant)).isTrue();
  }

  @Test
  void theSameScheduleAlwaysRunsAlike() {
    Schedule schedule = Schedule.drawn(7, Size.SMALL);
    List<String> one = new ArrayList<>();
    List<String> other = new ArrayList<>();

    Ending first = new Runner(Bug.NONE).run(schedule, told(one));
    Ending second = new Runner(Bug.NONE).run(schedule, told(other));

    assertThat(second).isEqualTo(first);
    assertThat(other).isEqualTo(one).isNotEmpty();
  }

  private static World.Trace told(List<String> lines) {
    return (at, who, what) -> lines.add(at + " " + who + " " + what.get());
  }
}
