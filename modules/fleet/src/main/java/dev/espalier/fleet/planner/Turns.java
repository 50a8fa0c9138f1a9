package dev.espalier.fleet.planner;

import dev.espalier.domain.study.StudyId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose turn it is when there is room for another task: that of an urgent study before all others;
 * then that of the study with the fewest tasks under way; of several, the one whose next task comes
 * first in the order of release. So a study of a thousand tasks does not starve another of ten, and
 * one that alone has anything to release has all the room. A task that several studies want counts
 * for each of them, and of what they may begin for the one in whose turn it is released. Nobody
 * looks further into a study than there is room.
 */
final class Turns {
  private static final Comparator<Turn> FIRST =
      Comparator.comparing(Turn::urgent, Comparator.reverseOrder())
          .thenComparingInt(Turn::underWay)
          .thenComparing(Turn::next, Ledger.ORDER);

  private final Ledger ledger;
  private final Room room;
  private final Allowances allowances;
  private final Map<StudyId, Turn> turns = new LinkedHashMap<>();
  private final Map<Entry, StudyId> taken = new LinkedHashMap<>();

  /** What one study has under way, and what of it waits, in the order of release. */
  private static final class Turn {
    private final StudyId study;
    private final boolean urgent;
    private final Iterator<Entry> waiting;
    private Optional<Entry> next;
    private int underWay;

    Turn(StudyId study, boolean urgent, Collection<Entry> waiting) {
      this.study = study;
      this.urgent = urgent;
      this.waiting = waiting.iterator();
      this.next = Optional.of(this.waiting.next());
    }

    StudyId study() {
      return study;
    }

    boolean urgent() {
      return urgent;
    }

    int underWay() {
      return underWay;
    }

    Entry next() {
      return next.orElseThrow();
    }

    boolean isOver() {
      return next.isEmpty();
    }

    void skip() {
      next = waiting.hasNext() ? Optional.of(waiting.next()) : Optional.empty();
    }

    void end() {
      next = Optional.empty();
    }
  }

  /** Among the studies of {@code ledger} for which something waits, for a place in {@code room}. */
  Turns(Ledger ledger, Room room, Allowances allowances) {
    this.ledger = ledger;
    this.room = room;
    this.allowances = allowances;
    ledger
        .unreleased()
        .forEach(
            (study, waiting) -> turns.put(study, new Turn(study, ledger.isUrgent(study), waiting)));
    ledger.released().stream()
        .filter(Entry::isUnderWay)
        .flatMap(this::of)
        .forEach(turn -> turn.underWay++);
  }

  private Stream<Turn> of(Entry entry) {
    return ledger
        .runningStudies(entry)
        .flatMap(study -> Optional.ofNullable(turns.get(study)).stream());
  }

  /** The entries that get a place in the room, in the order of their release, and in whose turn. */
  Map<Entry, StudyId> take() {
    for (Optional<Turn> next = next(); next.isPresent(); next = next()) {
      Turn turn = next.get();
      Entry entry = turn.next();
      if (taken.containsKey(entry)) {
        turn.skip();
      } else if (allowances.isLeft(turn.study()) && room.take(entry.kind())) {
        taken.put(entry, turn.study());
        allowances.take(turn.study());
        of(entry).forEach(any -> any.underWay++);
      } else {
        turn.end(); // what comes behind it needs as much
      }
    }
    return taken;
  }

  private Optional<Turn> next() {
    return room.left() == 0
        ? Optional.empty()
        : turns.values().stream().filter(turn -> !turn.isOver()).min(FIRST);
  }
}
