package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads topics of the modelled log from their beginning, what is committed and stable. */
final class Reader {
  private final ModelLog log;
  private final List<Subject> subjects;
  private final Map<Subject, Integer> positions = new EnumMap<>(Subject.class);
  private final Sink sink;

  /** Where the events go. */
  interface Sink {
    /** Takes the event that lies at {@code offset} of its topic. */
    void hear(Event event, int offset);
  }

  Reader(ModelLog log, List<Subject> subjects, Sink sink) {
    this.log = log;
    this.subjects = subjects;
    this.sink = sink;
  }

  /**
   * Hands on what is to be seen, one topic after the other.
   *
   * @param first the index of the topic to begin with, since topics are not ordered
   */
  void read(int first) {
    for (int i = 0; i < subjects.size(); i++) {
      read(subjects.get((first + i) % subjects.size()));
    }
  }

  private void read(Subject subject) {
    ModelTopic topic = log.topic(subject);
    int position = Math.max(position(subject), topic.begin());
    positions.put(subject, topic.stable());
    for (int offset = position; offset < topic.stable(); offset++) {
      int place = offset;
      topic.committed(offset).ifPresent(event -> sink.hear(event, place));
    }
  }

  /** The offset that is read next. */
  int position(Subject subject) {
    return positions.getOrDefault(subject, 0);
  }

  /** The high watermarks. */
  Map<Subject, Integer> ends() {
    Map<Subject, Integer> ends = new EnumMap<>(Subject.class);
    subjects.forEach(subject -> ends.put(subject, log.topic(subject).end()));
    return ends;
  }

  /** The last stable offsets, which are no ends: what is committed may stand behind them. */
  Map<Subject, Integer> stableEnds() {
    Map<Subject, Integer> ends = new EnumMap<>(Subject.class);
    subjects.forEach(subject -> ends.put(subject, log.topic(subject).stable()));
    return ends;
  }

  boolean hasReached(Map<Subject, Integer> ends) {
    return ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
  }
}
