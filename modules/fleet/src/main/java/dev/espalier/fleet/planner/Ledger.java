package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Spending;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the planner knows: which studies are wanted, which tasks they need, and how far each is.
 * Only hearing an event changes it, and hearing one again changes nothing, so that reading the log
 * from its beginning always leads to the same ledger. Not safe for use by several threads.
 */
final class Ledger {
  /** Of two entries, the one to release first. */
  static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::kind).thenComparingInt(Entry::rank);

  private final Naming naming;
  private final Map<StudyId, StudyWished> studies = new HashMap<>();
  private final Map<StudyId, Set<Instant>> spent = new HashMap<>();
  private final Map<StudyId, List<Entry>> expanded = new HashMap<>();
  private final Map<TaskId, Entry> entries = new HashMap<>();
  private final Set<Entry> released = new TreeSet<>(ORDER);
  private final Map<StudyId, Set<Entry>> unreleased = new LinkedHashMap<>();
  private int ranks;

  Ledger(Naming naming) {
    this.naming = naming;
  }

  /** Takes {@code event} into account. Events of different topics may come in any order. */
  void hear(Event event) {
    switch (event) {
      case StudyWished wished -> hear(wished);
      case BudgetSpent word -> hear(word);
      case Event.TaskReleased release -> hear(release);
      case Event.TaskWithdrawn withdrawn -> entry(withdrawn.task()).hear(withdrawn);
      case Event.AttemptReported report -> entry(report.task()).hear(report);
      case OutcomePublished ended -> hear(ended);
      case Event.MaskPublished mask -> {} // masks decide nothing
      case Event.MetricSampled sample -> {} // nor do figures
      case Event.AttemptLogged log -> {} // nor words
    }
  }

  /**
   * Of wishes the last on the log counts, whatever their clocks: a compacted log keeps no other.
   */
  private void hear(StudyWished wished) {
    studies.put(wished.study(), wished);
    expanded.computeIfAbsent(wished.study(), study -> expand(wished)).forEach(this::file);
  }

  private List<Entry> expand(StudyWished wished) {
    List<Entry> tasks = new ArrayList<>();
    for (Node node : TaskGraph.of(wished.content(), naming).nodes()) {
      Entry entry = entry(node.id());
      if (!entry.isWanted()) {
        node.task().parents().stream()
            .map(this::entry)
            .filter(parent -> !parent.isCompleted())
            .forEach(entry::waitFor);
      }
      entry.want(wished.study(), node.task(), ranks++);
      tasks.add(entry);
    }
    return tasks;
  }

  /** What a planner writes it hears at once, and what it wrote before perhaps only then. */
  private void hear(BudgetSpent word) {
    spent.computeIfAbsent(word.study(), any -> new HashSet<>()).add(word.wished());
  }

  private void hear(Event.TaskReleased release) {
    Entry entry = entry(release.task());
    boolean first = entry.release().isEmpty();
    entry.hear(release);
    if (first) {
      file(entry);
    }
  }

  private void hear(OutcomePublished ended) {
    Entry entry = entry(ended.task());
    entry.hear(ended).forEach(this::file);
    file(entry);
  }

  private Entry entry(TaskId task) {
    return entries.computeIfAbsent(task, Entry::new);
  }

  /** Puts {@code entry} among the open ones, or takes it away, as its state demands. */
  private void file(Entry entry) {
    if (!entry.isWanted()) {
      return;
    }
    boolean open = entry.isReady() && !isEnded(entry);
    if (open && entry.release().isPresent()) {
      released.add(entry);
    } else {
      released.remove(entry);
    }
    boolean waits = open && entry.release().isEmpty();
    entry.wantedBy().forEach(study -> file(entry, study, waits));
  }

  private void file(Entry entry, StudyId study, boolean waits) {
    Set<Entry> waiting = unreleased.computeIfAbsent(study, any -> new TreeSet<>(ORDER));
    if (waits) {
      waiting.add(entry);
    } else {
      waiting.remove(entry);
    }
    if (waiting.isEmpty()) {
      unreleased.remove(study);
    }
  }

  /** A task that failed is tried again for a wish that came after its end. */
  private boolean isEnded(Entry entry) {
    Optional<OutcomePublished> outcome = entry.outcome();
    return entry.isCompleted()
        || (outcome.isPresent()
            && entry.wantedBy().stream()
                .noneMatch(study -> wish(study).at().isAfter(outcome.get().at())));
  }

  /** The tasks that were released and have not ended. */
  Collection<Entry> released() {
    return released;
  }

  /**
   * The tasks whose parents are done and that were never released, by the studies that want them
   * run, each in the order of release. What several studies want stands with each of them.
   */
  Map<StudyId, Collection<Entry>> unreleased() {
    Map<StudyId, Collection<Entry>> waiting = new LinkedHashMap<>(unreleased);
    waiting.keySet().removeIf(study -> !isRunning(study));
    return waiting;
  }

  /**
   * Whether the release of {@code task} that was made at {@code at} after attempt {@code after}
   * matters no more, nor will again.
   */
  boolean isOver(TaskId task, int after, Instant at) {
    return entry(task).isOver(after, at);
  }

  /** A study that wants {@code entry} run, the earliest heard of; empty when none does any more. */
  Optional<StudyId> runningStudy(Entry entry) {
    return runningStudies(entry).findFirst();
  }

  /** The studies that want {@code entry} run, in the order in which they came. */
  Stream<StudyId> runningStudies(Entry entry) {
    return entry.wantedBy().stream().filter(this::isRunning);
  }

  /** Whether {@code study} is wished to run and has something left of its budget. */
  boolean isRunning(StudyId study) {
    return Optional.ofNullable(studies.get(study)).filter(this::isRunning).isPresent();
  }

  private boolean isRunning(StudyWished wished) {
    return wished.wish() == Wish.RUN
        && !spent.getOrDefault(wished.study(), Set.of()).contains(wished.at());
  }

  /** The newest wishes for the running studies that have a budget. */
  Stream<StudyWished> budgeted() {
    return studies.values().stream()
        .filter(wished -> wished.budget().isPresent())
        .filter(this::isRunning)
        .sorted(Comparator.comparing(StudyWished::study));
  }

  /** Whether {@code study} wants a task that can be done and has not ended. */
  boolean isUnfinished(StudyId study) {
    return unreleased.containsKey(study)
        || released.stream().anyMatch(entry -> entry.wantedBy().contains(study));
  }

  /** Whether a task that {@code study} wants was begun and goes on, for this study or another. */
  boolean hasBegun(StudyId study) {
    return released.stream()
        .filter(entry -> entry.wantedBy().contains(study))
        .anyMatch(this::goesOn);
  }

  private boolean goesOn(Entry entry) {
    return (entry.isUnderWay() && !entry.isWithdrawn())
        || entry.release().filter(release -> isRunning(release.study())).isPresent();
  }

  /** What {@code study} has spent so far. */
  Spending spentBy(StudyId study) {
    return expanded.getOrDefault(study, List.of()).stream()
        .map(entry -> entry.spentBy(study))
        .reduce(Spending.NONE, Spending::plus);
  }

  /** How many more tasks may be begun for {@code study}. */
  int tasksLeft(StudyId study) {
    OptionalInt most = wish(study).budget().map(Budget::tasks).orElseGet(OptionalInt::empty);
    return most.isPresent() ? most.getAsInt() - spentBy(study).tasks() : Integer.MAX_VALUE;
  }

  /** Whether the tasks of {@code study} come before those of others. */
  boolean isUrgent(StudyId study) {
    return wish(study).comesFirst();
  }

  /** Whether every study that wants {@code entry} was cancelled. */
  boolean isGivenUp(Entry entry) {
    return entry.wantedBy().stream().allMatch(study -> wish(study).wish() == Wish.CANCEL);
  }

  private StudyWished wish(StudyId study) {
    return Optional.ofNullable(studies.get(study)).orElseThrow();
  }
}
