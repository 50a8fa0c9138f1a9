package dev.espalier.fleet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.fleet.simulation.Schedule.Size;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * As many schedules as asked for: {@code -Dsimulation.schedules}, from {@code -Dsimulation.seed}
 * on, with {@code -Dsimulation.faults} each; or {@code -Dsimulation.replay}, one alone. {@code
 * -Dsimulation.bug} plants a bug.
 */
class SimulationCampaign {
  private static final int SCHEDULES = 1_000;

  @Test
  void noScheduleBreaksAnInvariant() {
    Campaign campaign = new Campaign(size(), bug(), System.out::println);

    Optional<Long> replay = Optional.ofNullable(Long.getLong("simulation.replay"));
    campaign.run(
        replay.orElse(Long.getLong("simulation.seed", 1)),
        replay.isPresent() ? 1 : Long.getLong("simulation.schedules", SCHEDULES));

    System.out.println(campaign.kinds());
    System.out.println(campaign.verdict());
    assertThat(campaign.broken()).isZero();
  }

  /** The large fleet for long schedules, the small one for short ones. */
  private static Size size() {
    int faults = Integer.getInteger("simulation.faults", Size.LARGE.faults());
    Size like = faults <= Size.SMALL.faults() ? Size.SMALL : Size.LARGE;
    return new Size(
        like.workers(), like.planners(), like.aggregators(), like.studies(), like.rounds(), faults);
  }

  private static Bug bug() {
    return Bug.valueOf(System.getProperty("simulation.bug", Bug.NONE.name()));
  }
}
