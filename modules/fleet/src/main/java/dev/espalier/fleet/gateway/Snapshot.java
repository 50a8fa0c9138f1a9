package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Views;
import dev.espalier.wire.Json;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What streams send at a moment, written once for all readers.
 *
 * @param version how many events it is made of
 * @param overview the studies and the fleet, as JSON
 * @param studies the studies that somebody looks at, as JSON
 */
record Snapshot(long version, Buffer overview, Map<StudyId, Buffer> studies) {
  /** What {@code board} shows now. */
  static Snapshot of(Board board, Views views, Set<StudyId> wanted) {
    Board.View view = board.view();
    Map<StudyId, Buffer> studies = new HashMap<>();
    for (StudyId study : wanted) {
      views.study(study, view.standings()).ifPresent(shown -> studies.put(study, json(shown)));
    }
    return new Snapshot(view.version(), json(views.overview(view)), studies);
  }

  private static Buffer json(Object value) {
    return Buffer.buffer(Json.write(value));
  }
}
