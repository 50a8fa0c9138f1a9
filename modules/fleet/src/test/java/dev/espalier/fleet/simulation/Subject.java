package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;

/** The topics of the modelled log, of one partition each, so that transactions meet more often. */
enum Subject {
  STUDIES,
  TASKS,
  ATTEMPTS,
  OUTCOMES,
  MASKS,
  METRICS;

  static Subject of(Event event) {
    return switch (event) {
      case Event.StudyWished _, Event.BudgetSpent _ -> STUDIES;
      case Event.TaskReleased _ -> TASKS;
      case Event.TaskWithdrawn _, Event.AttemptReported _ -> ATTEMPTS;
      case Event.OutcomePublished _ -> OUTCOMES;
      case Event.MaskPublished _ -> MASKS;
      case Event.MetricSampled _, Event.AttemptLogged _ -> METRICS;
    };
  }

  /** What {@code event} replaces on a compacted topic; the event itself on one that is not. */
  static Object keyOf(Event event) {
    return switch (event) {
      case Event.StudyWished wished -> wished.study();
      case Event.BudgetSpent spent -> new SpentKey(spent.study());
      case Event.AttemptReported report -> new AttemptKey(report.task(), report.attempt());
      case Event.OutcomePublished ended -> ended.task();
      case Event.MaskPublished mask -> mask.task();
      case Event.TaskWithdrawn withdrawn -> new AttemptKey(withdrawn.task(), 0);
      case Event.TaskReleased released -> released;
      case Event.MetricSampled sample -> sample;
      case Event.AttemptLogged log -> log;
    };
  }

  boolean isCompacted() {
    return this != TASKS && this != METRICS;
  }

  private record SpentKey(Object study) {}

  private record AttemptKey(Object task, int attempt) {}
}
