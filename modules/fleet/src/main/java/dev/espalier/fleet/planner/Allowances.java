package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.study.StudyId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many more tasks may be begun for each study, while a planner decides. */
final class Allowances {
  private final Ledger ledger;
  private final Map<StudyId, Integer> left = new HashMap<>();

  Allowances(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether another task may be begun for {@code study}. */
  boolean isLeft(StudyId study) {
    return left.computeIfAbsent(study, ledger::tasksLeft) > 0;
  }

  /** Takes one of the tasks that may be begun for {@code study}. */
  void take(StudyId study) {
    left.merge(study, -1, Integer::sum);
  }

  /**
   * The study that {@code entry}, released before, is planned for from now on: the same while it
   * runs, then another that wants it, one for which more may be begun if there is any; empty when
   * none wants it run.
   */
  Optional<StudyId> heir(Entry entry) {
    return planned(entry)
        .filter(ledger::isRunning)
        .or(() -> ledger.runningStudies(entry).filter(this::isLeft).findFirst())
        .or(() -> ledger.runningStudy(entry));
  }

  private static Optional<StudyId> planned(Entry entry) {
    return entry.release().map(TaskReleased::study);
  }

  /** Whether {@code due}, for {@code entry}, may be: a release for a new heir takes one of its. */
  boolean allow(Entry entry, Event due) {
    if (!(due instanceof TaskReleased again) || planned(entry).equals(Optional.of(again.study()))) {
      return true;
    }
    boolean allowed = isLeft(again.study());
    take(again.study());
    return allowed;
  }
}
