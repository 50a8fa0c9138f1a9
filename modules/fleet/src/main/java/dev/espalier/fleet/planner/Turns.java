package dev.espalier.fleet.planner;

import dev.espalier.domain.study.StudyId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose turn it is when there is room for another task: that of an urgent study before all others;
 * then that of the study with the fewest tasks under way; of several, the one whose tasks come
 * first in the order of release. So a study of a thousand tasks does not starve another of ten, and
 * one that alone has anything to release has all the room. A task that several studies want counts
 * for each of them.
 */
final class Turns {
  private static final Comparator<Turn> FIRST =
      Comparator.comparing(Turn::urgent, Comparator.reverseOrder())
          .thenComparingInt(Turn::underWay)
          .thenComparingInt(Turn::place);

  private final Ledger ledger;
  private final Room room;
  private final Map<StudyId, Turn> turns = new LinkedHashMap<>();
  private final Set<Entry> taken = new HashSet<>();

  /** What one study has under way, and what of it waits, in the order of release. */
  private static final class Turn {
    private final boolean urgent;
    private final int place;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private int underWay;

    Turn(boolean urgent, int place) {
      this.urgent = urgent;
      this.place = place;
    }

    boolean urgent() {
      return urgent;
    }

    int underWay() {
      return underWay;
    }

    int place() {
      return place;
    }
  }

  /** Nobody's yet, among the running studies of {@code ledger}, for a place in {@code room}. */
  Turns(Ledger ledger, Room room) {
    this.ledger = ledger;
    this.room = room;
  }

  /** Takes an entry that was released into account. */
  void released(Entry entry) {
    if (entry.isUnderWay()) {
      of(entry).forEach(turn -> turn.underWay++);
    }
  }

  /** Has {@code entry} wait for its first release, behind those told before. */
  void waits(Entry entry) {
    int most = room.left();
    if (most > 0) {
      of(entry).stream()
          .filter(turn -> turn.waiting.size() < most)
          .forEach(turn -> turn.waiting.add(entry));
    }
  }

  private List<Turn> of(Entry entry) {
    return ledger
        .runningStudies(entry)
        .map(study -> turns.computeIfAbsent(study, this::newTurn))
        .toList();
  }

  private Turn newTurn(StudyId study) {
    return new Turn(ledger.isUrgent(study), turns.size());
  }

  /** The entries that get a place in the room, in the order of their release. */
  List<Entry> take() {
    List<Entry> released = new ArrayList<>();
    for (Optional<Turn> next = next(); next.isPresent(); next = next()) {
      Entry entry = next.get().waiting.remove();
      if (taken.contains(entry)) {
        continue;
      }
      if (room.take(entry.kind())) {
        taken.add(entry);
        released.add(entry);
        of(entry).forEach(turn -> turn.underWay++);
      } else {
        next.get().waiting.clear(); // what comes behind it needs as much room
      }
    }
    return released;
  }

  private Optional<Turn> next() {
    return turns.values().stream().filter(turn -> !turn.waiting.isEmpty()).min(FIRST);
  }
}
