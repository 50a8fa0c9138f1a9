package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which events a planner writes next: a pure function of what it knows, the time, whether the queue
 * is drained, and how long the log was heard. A task is released
 *
 * <ul>
 *   <li>first, when all its parents are completed, a running study wants it, there is {@link Room},
 *       and it is that study's turn ({@link Turns});
 *   <li>again, once for each attempt that left it unfinished: at once when the attempt was
 *       preempted, after a growing wait when it failed and has tries left, and when it said nothing
 *       for more than two locks;
 *   <li>again, when it was withdrawn and a running study wants it once more;
 *   <li>again, at most once in two locks, when nobody claimed it although the log holds no
 *       unfinished record: then its record was lost to too many deliveries.
 * </ul>
 *
 * A task that no running study wants any more is withdrawn: nobody begins it, and who works on it
 * stops; so is one that would be released again for a study that may begin no more. A study whose
 * {@link Budgets budget} is spent runs no longer. A task whose tries are used up ends as failed,
 * and so does one over which worker after worker falls silent: it may be what ends them. A release
 * too many does no harm: whoever takes it finds the outcome or the living attempt, and of two
 * attempts at most one can commit.
 */
final class Planning {
  /** The worker in outcomes that no worker wrote. */
  static final String PLANNER = "planner";

  private final Watch watch;

  Planning(Watch watch) {
    this.watch = watch;
  }

  /**
   * The events that are due; after the ledger has heard them, none are but those about budgets.
   * That one is spent is said alone: what follows from it is due once it stands.
   *
   * @param drained whether the log holds no task that is waiting or being worked on
   * @param heardSince since when the log has been heard without a break: silence before that proves
   *     nothing
   */
  List<Event> decide(Ledger ledger, Instant now, boolean drained, Instant heardSince) {
    List<Event> events = new ArrayList<>(Budgets.spent(ledger, now));
    if (!events.isEmpty()) {
      return events;
    }
    Allowances allowances = new Allowances(ledger);
    for (Entry entry : ledger.released()) {
      Optional<StudyId> heir = allowances.heir(entry);
      Optional<Event> due = heir.flatMap(study -> again(entry, study, now, drained, heardSince));
      boolean goesOn =
          heir.isPresent() && due.filter(event -> !allowances.allow(entry, event)).isEmpty();
      (goesOn ? due : withdraw(entry, ledger, now)).ifPresent(events::add);
    }
    new Turns(ledger, Room.beside(ledger, watch.window()), allowances)
        .take()
        .forEach((entry, study) -> events.add(release(entry, study, now)));
    return events;
  }

  /**
   * Later than the release before, whatever the clock of who made that one: else it would not
   * count.
   */
  private static Event release(Entry entry, StudyId study, Instant now) {
    Instant at =
        entry
            .lastReleased()
            .filter(before -> !before.isBefore(now))
            .map(before -> before.plusNanos(1))
            .orElse(now);
    return new TaskReleased(at, study, entry.id(), entry.task(), entry.attempts());
  }

  private static Optional<Event> withdraw(Entry entry, Ledger ledger, Instant now) {
    return entry
        .release()
        .filter(release -> entry.isUnderWay() && !entry.isWithdrawn())
        .map(release -> TaskWithdrawn.of(release, now, ledger.isGivenUp(entry)));
  }

  private Optional<Event> again(
      Entry entry, StudyId study, Instant now, boolean drained, Instant heardSince) {
    if (entry.isAnswered()) {
      boolean due = entry.isWithdrawn() || isLost(entry, now, drained);
      return released(due, entry, study, now);
    }
    Optional<AttemptReported> attempt = newestUnended(entry);
    if (attempt.isEmpty()) {
      return released(true, entry, study, now); // failed for good, and wished for again
    }
    return switch (attempt.get().phase()) {
      case CLAIMED, RUNNING ->
          isSilent(attempt.get(), now, heardSince)
              ? Optional.of(afterSilence(entry, study, attempt.get(), now))
              : Optional.empty();
      case PREEMPTED -> released(true, entry, study, now);
      case FAILED ->
          entry.failures() < watch.tries()
              ? released(hasWaited(entry, attempt.get(), now), entry, study, now)
              : Optional.of(giveUp(attempt.get(), attempt.get().failure().orElseThrow(), now));
    };
  }

  private static Optional<Event> released(boolean due, Entry entry, StudyId study, Instant now) {
    return due ? Optional.of(release(entry, study, now)) : Optional.empty();
  }

  private static Optional<AttemptReported> newestUnended(Entry entry) {
    int ended = entry.outcome().map(OutcomePublished::attempt).orElse(0);
    return entry.newest().filter(attempt -> attempt.attempt() > ended);
  }

  private boolean isLost(Entry entry, Instant now, boolean drained) {
    Instant released = entry.release().orElseThrow().at();
    return drained && isOver(watch.silence(), released, now);
  }

  private boolean isSilent(AttemptReported attempt, Instant now, Instant heardSince) {
    return isOver(watch.silence(), later(attempt.at(), heardSince), now)
        || watch.aloneSince().filter(since -> attempt.at().isBefore(since)).isPresent();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private boolean hasWaited(Entry entry, AttemptReported attempt, Instant now) {
    return isOver(watch.waitAfter(entry.failures()), attempt.at(), now);
  }

  private static boolean isOver(Duration wait, Instant since, Instant now) {
    return Duration.between(since, now).compareTo(wait) > 0;
  }

  private Event afterSilence(Entry entry, StudyId study, AttemptReported last, Instant now) {
    if (entry.silent() < watch.lives()) {
      return release(entry, study, now);
    }
    String reason =
        "expected a checkpoint of task %s from one of %d workers, the last being %s, got silence"
            .formatted(entry.id(), entry.silent(), last.worker());
    return giveUp(last, new Failure.WorkersLost(reason), now);
  }

  private static Event giveUp(AttemptReported last, Failure failure, Instant now) {
    return new OutcomePublished(
        now, last.study(), last.task(), last.attempt(), PLANNER, new Outcome.Failed(failure));
  }
}
