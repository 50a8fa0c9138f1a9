package dev.espalier.fleet.planner;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.event.Spending;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the {@link Ledger} holds of one task. Changed by the ledger alone. */
final class Entry {
  private final TaskId id;
  private final Set<StudyId> wantedBy = new LinkedHashSet<>();
  private final Set<TaskId> missing = new HashSet<>();
  private final List<Entry> children = new ArrayList<>();
  private final Set<StudyId> plannedFor = new HashSet<>();
  private final NavigableMap<Integer, AttemptReported> words = new TreeMap<>();
  private Optional<Wanted> wanted = Optional.empty();
  private Optional<TaskReleased> release = Optional.empty();
  private Optional<TaskWithdrawn> withdrawal = Optional.empty();
  private Optional<OutcomePublished> outcome = Optional.empty();

  /** The work, and its place in the order of release: by kind, then as studies list it. */
  private record Wanted(Task task, int rank) {}

  Entry(TaskId id) {
    this.id = id;
  }

  TaskId id() {
    return id;
  }

  /** The work; only of an entry that {@link #isWanted}. */
  Task task() {
    return wanted.orElseThrow().task();
  }

  /** The place in the order of release; only of an entry that {@link #isWanted}. */
  int rank() {
    return wanted.orElseThrow().rank();
  }

  TaskKind kind() {
    return TaskKind.of(task());
  }

  /** The studies that want it, in the order in which they came. */
  Set<StudyId> wantedBy() {
    return wantedBy;
  }

  Optional<TaskReleased> release() {
    return release;
  }

  /** The newest word of the highest attempt. */
  Optional<AttemptReported> newest() {
    return Optional.ofNullable(words.lastEntry()).map(Map.Entry::getValue);
  }

  Optional<OutcomePublished> outcome() {
    return outcome;
  }

  /** The highest attempt that was heard of; 0 before the first. */
  int attempts() {
    return Math.max(words.isEmpty() ? 0 : words.lastKey(), ended());
  }

  /** The attempt with which the task last ended; 0 before that. */
  private int ended() {
    return outcome.map(OutcomePublished::attempt).orElse(0);
  }

  /** How many attempts failed since the task last ended, if it ever did. */
  int failures() {
    return (int)
        words.tailMap(ended(), false).values().stream()
            .filter(word -> word.phase() == Phase.FAILED)
            .count();
  }

  /**
   * How many attempts since the newest checkpoint have not said that they stopped: all of them fell
   * silent, if the newest has.
   */
  int silent() {
    int silent = 0;
    Optional<Digest> checkpoint = Optional.empty();
    for (AttemptReported word : words.tailMap(ended(), false).values()) {
      if (!word.checkpoint().equals(checkpoint)) {
        checkpoint = word.checkpoint();
        silent = 0;
      }
      silent += isOfTheLiving(word) ? 1 : 0;
    }
    return silent;
  }

  private static boolean isOfTheLiving(AttemptReported word) {
    return word.phase() == Phase.CLAIMED || word.phase() == Phase.RUNNING;
  }

  /**
   * What {@code study} has spent on it. That it was planned for the study counts, whoever it was
   * planned for since: it may have been begun before that was heard.
   */
  Spending spentBy(StudyId study) {
    Spending spending = Spending.of(study, release, newest(), outcome);
    boolean began =
        plannedFor.contains(study)
            || words.values().stream().anyMatch(word -> word.study().equals(study));
    return began ? new Spending(spending.workerTime(), 1) : spending;
  }

  boolean isWanted() {
    return wanted.isPresent();
  }

  boolean isCompleted() {
    return outcome.filter(ended -> ended.outcome() instanceof Outcome.Completed).isPresent();
  }

  /** Whether every parent is done. */
  boolean isReady() {
    return missing.isEmpty();
  }

  /** Whether the newest release answers every attempt that was heard of. */
  boolean isAnswered() {
    return release.filter(known -> known.after() >= attempts()).isPresent();
  }

  /** Whether the newest release was taken back. */
  boolean isWithdrawn() {
    return withdrawal.filter(known -> release.filter(known::isOf).isPresent()).isPresent();
  }

  /**
   * Whether the release that was made at {@code at} after attempt {@code after} matters no more,
   * nor will again: the task ended, another release stands in its place, or it was taken back for
   * good and nobody works on it.
   */
  boolean isOver(int after, Instant at) {
    return isCompleted()
        || ended() > after
        || release.filter(newest -> isNewer(newest, after, at)).isPresent()
        || (isGivenBack(at) && newest().filter(Entry::isOfTheLiving).isEmpty());
  }

  private static boolean isNewer(TaskReleased newest, int after, Instant at) {
    return newest.after() > after || (newest.after() == after && newest.at().isAfter(at));
  }

  private boolean isGivenBack(Instant at) {
    return withdrawal.filter(known -> known.forGood() && known.released().equals(at)).isPresent();
  }

  /** When it was last released; the log may have forgotten a release that was taken back. */
  Optional<Instant> lastReleased() {
    return Stream.concat(
            release.map(TaskReleased::at).stream(),
            withdrawal.map(TaskWithdrawn::released).stream())
        .max(Comparator.naturalOrder());
  }

  /** Whether a worker may take it, or works on it, as far as was heard. */
  boolean isUnderWay() {
    return isAnswered()
        ? !isWithdrawn()
        : release.isPresent() && newest().filter(Entry::isOfTheLiving).isPresent();
  }

  void want(StudyId study, Task task, int rank) {
    wantedBy.add(study);
    if (wanted.isEmpty()) {
      wanted = Optional.of(new Wanted(task, rank));
    }
  }

  void waitFor(Entry parent) {
    missing.add(parent.id);
    parent.children.add(this);
  }

  void hear(TaskReleased event) {
    plannedFor.add(event.study());
    if (release.filter(known -> isNewer(known, event.after(), event.at())).isEmpty()) {
      release = Optional.of(event);
    }
  }

  void hear(TaskWithdrawn event) {
    withdrawal = Optional.of(event);
  }

  void hear(AttemptReported event) {
    words.put(event.attempt(), event);
  }

  /** Returns the entries that waited for this one alone. */
  List<Entry> hear(OutcomePublished event) {
    if (outcome.filter(known -> known.attempt() > event.attempt()).isPresent()) {
      return List.of();
    }
    outcome = Optional.of(event);
    if (!isCompleted()) {
      return List.of();
    }
    children.forEach(child -> child.missing.remove(id));
    return children.stream().filter(Entry::isReady).toList();
  }
}
