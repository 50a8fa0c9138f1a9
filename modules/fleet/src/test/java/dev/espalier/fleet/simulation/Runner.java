package dev.espalier.fleet.simulation;

import dev.espalier.fleet.simulation.Schedule.Size;
import dev.espalier.fleet.simulation.Simulation.Ending;
import java.util.HashMap;
import java.util.Map;

/** Runs schedules, with a bug or without, and keeps what many have in common. */
final class Runner {
  private final Bug bug;
  private final Map<Studies, Catalogue> catalogues = new HashMap<>();

  private record Studies(int count, int rounds) {}

  Runner(Bug bug) {
    this.bug = bug;
  }

  Ending run(Schedule schedule) {
    return run(schedule, World.Trace.SILENT);
  }

  Ending run(Schedule schedule, World.Trace trace) {
    Size size = schedule.size();
    Catalogue catalogue =
        catalogues.computeIfAbsent(
            new Studies(size.studies(), size.rounds()), _ -> new Catalogue(size));
    return Simulation.run(schedule, catalogue, bug, trace);
  }
}
