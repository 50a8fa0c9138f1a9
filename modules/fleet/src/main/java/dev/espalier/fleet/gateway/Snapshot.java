package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Summary;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Positions;
import dev.espalier.wire.Json;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What streams send at a moment, written once for all readers. */
final class Snapshot {
  private final Summary summary;
  private final Map<StudyId, Buffer> studies;
  private final Map<Long, Optional<Buffer>> overviews = new ConcurrentHashMap<>();

  private Snapshot(Summary summary, Map<StudyId, Buffer> studies) {
    this.summary = summary;
    this.studies = Map.copyOf(studies);
  }

  /**
   * What {@code view} shows.
   *
   * @param summary of the same view
   * @param wanted the studies that somebody looks at
   */
  static Snapshot of(Board.View view, Summary summary, Views views, Set<StudyId> wanted) {
    Map<StudyId, Buffer> studies = new HashMap<>();
    for (StudyId study : wanted) {
      views.study(study, view.standings()).ifPresent(shown -> studies.put(study, json(shown)));
    }
    return new Snapshot(summary, studies);
  }

  private static Buffer json(Object value) {
    return Buffer.buffer(Json.write(value));
  }

  /** The number of the moment. */
  long number() {
    return summary.number();
  }

  /** How many events it is made of. */
  long version() {
    return summary.version();
  }

  /** How far the log was read. */
  Positions positions() {
    return summary.positions();
  }

  /** What has changed since the moment of {@code number}, as JSON; empty when nothing has. */
  Optional<Buffer> overviewSince(long number) {
    return overviews.computeIfAbsent(number, asked -> summary.since(asked).map(Snapshot::json));
  }

  /** The studies that somebody looks at, as JSON. */
  Map<StudyId, Buffer> studies() {
    return studies;
  }
}
