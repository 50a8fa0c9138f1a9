package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.aggregator.Recent.Batch;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Positions;
import dev.espalier.wire.EventBatch;
import io.cloudevents.CloudEvent;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of what was read off the log what readers are sent. Those who want the same from the same
 * place on are sent the same bytes, made once. Lives for a moment; belongs to one thread.
 */
final class Feed {
  private static final int MOST = 1_000; // events in a message

  private final Views views;
  private final Board.View view;
  private final Map<Key, Optional<Portion>> made = new HashMap<>();

  private record Key(Wanted wanted, Positions seen) {}

  /**
   * What a reader is sent next.
   *
   * @param batch a CloudEvents JSON batch; absent where nothing of it is wanted
   * @param end how far the reader is then
   */
  record Portion(Optional<Buffer> batch, Positions end) {}

  /** What {@code view} knows. */
  Feed(Views views, Board.View view) {
    this.views = views;
    this.view = view;
  }

  /** What comes next for one who has got to {@code seen}; empty when that is forgotten here. */
  Optional<Portion> next(Wanted wanted, Positions seen) {
    return made.computeIfAbsent(
        new Key(wanted, seen),
        _ -> view.recent().after(seen).map(batches -> portion(wanted, seen, batches)));
  }

  private Portion portion(Wanted wanted, Positions seen, List<Batch> batches) {
    List<CloudEvent> events = new ArrayList<>();
    Positions end = batches.isEmpty() ? seen : batches.getLast().end();
    for (Batch batch : batches) {
      if (events.size() >= MOST) {
        end = batch.begin();
        break;
      }
      batch.events().stream()
          .filter(heard -> !seen.includes(heard.place()))
          .filter(heard -> isWanted(wanted, heard))
          .forEach(heard -> events.add(heard.envelope()));
    }
    return new Portion(bytes(events), end.furthest(seen));
  }

  /** Of {@code events} those that {@code wanted} names, as they are sent; empty when none is. */
  Optional<Buffer> select(Wanted wanted, List<Heard> events) {
    return bytes(
        events.stream().filter(heard -> isWanted(wanted, heard)).map(Heard::envelope).toList());
  }

  private static Optional<Buffer> bytes(List<CloudEvent> events) {
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(Buffer.buffer(EventBatch.write(events)));
  }

  private boolean isWanted(Wanted wanted, Heard heard) {
    return wanted.wants(
        heard.event(), event -> wanted.study().filter(study -> shares(study, event)).isPresent());
  }

  /** Whether {@code study} has the task of an event that another study asked for first. */
  private boolean shares(StudyId study, Event event) {
    return event instanceof Event.OfTask word
        && Optional.ofNullable(view.standings().studies().get(study))
            .filter(wished -> views.graphOf(wished).node(word.task()).isPresent())
            .isPresent();
  }
}
