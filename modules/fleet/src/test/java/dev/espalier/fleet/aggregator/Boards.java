package dev.espalier.fleet.aggregator;

import dev.espalier.domain.event.Event;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Place;
import dev.espalier.kafka.Positions;
import dev.espalier.kafka.Topic;
import dev.espalier.wire.EventCodec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Boards for tests of those who read them. */
public final class Boards {
  private static final EventCodec CODEC = new EventCodec(URI.create("/espalier/test"));

  private Boards() {}

  /** A board on which {@code events} hang. */
  public static Board of(List<? extends Event> events) {
    Board board = new Board();
    board.add(heard(events, 0), reached(events.size()));
    board.complete();
    return board;
  }

  /** Events as they come off one partition, from an offset on. */
  static List<Heard> heard(List<? extends Event> events, int from) {
    List<Heard> heard = new ArrayList<>();
    for (Event event : events) {
      Place place = new Place(Topic.METRICS, 0, from + heard.size());
      heard.add(Heard.of(event, place, 1, CODEC.encode(event)));
    }
    return heard;
  }

  /** That so many events of the partition were read. */
  static Positions reached(int events) {
    return Positions.of("log", List.of(new Place(Topic.METRICS, 0, events)));
  }
}
