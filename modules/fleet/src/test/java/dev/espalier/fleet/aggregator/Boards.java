package dev.espalier.fleet.aggregator;

import dev.espalier.domain.event.Event;
import java.util.List;

/** Boards for tests of those who read them. */
public final class Boards {
  private Boards() {}

  /** A board on which {@code events} hang. */
  public static Board of(List<? extends Event> events) {
    Board board = new Board();
    board.add(List.copyOf(events));
    board.complete();
    return board;
  }
}
