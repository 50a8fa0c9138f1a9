package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import java.util.List;

/** An aggregator: follows the whole log and folds it. */
final class Aggregator {
  private static final List<Subject> SUBJECTS = List.of(Subject.values());
  private static final int TURN = 2_000;

  private final World world;
  private final Host host;
  private Standings standings = Standings.EMPTY;
  private Reader reader;

  Aggregator(World world, Host host) {
    this.world = world;
    this.host = host;
    this.reader = new Reader(world.log(), SUBJECTS, (event, _) -> hear(event));
  }

  /** A new life. */
  void begin() {
    standings = Standings.EMPTY;
    reader = new Reader(world.log(), SUBJECTS, (event, _) -> hear(event));
    turn();
  }

  private void hear(Event event) {
    standings = standings.plus(event);
  }

  private void turn() {
    if (!host.lags()) {
      reader.read(host.draws().below(SUBJECTS.size()));
    }
    host.soon(TURN, this::turn);
  }

  /** Compares its standings with those of a replay from the beginning. */
  void compare() {
    reader.read(host.draws().below(SUBJECTS.size()));
    Replay replay = new Replay();
    new Reader(world.log(), SUBJECTS, (event, _) -> replay.hear(event)).read(0);
    boolean same = replay.standings.equals(standings);
    world.truth().require(same, Invariant.STANDINGS_REPLAY, host.name(), "differs from a replay");
  }

  private static final class Replay {
    private Standings standings = Standings.EMPTY;

    private void hear(Event event) {
      standings = standings.plus(event);
    }
  }
}
