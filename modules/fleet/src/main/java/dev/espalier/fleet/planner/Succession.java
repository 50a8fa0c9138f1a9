package dev.espalier.fleet.planner;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a planner that stands by takes over: as soon as it sees something that has been due for
 * longer than a living planner would leave it undone. So the log alone tells who lives, and a
 * planner that was fenced by nobody but the broker, whose patience with its transaction ended, goes
 * on.
 */
final class Succession {
  private final Duration patience;
  private final Map<Due, Instant> since = new HashMap<>();

  /** What tells something that is due from everything else. */
  private record Due(Digest of, String what) {}

  /**
   * Nothing is due yet.
   *
   * @param patience how long a planner may leave something undone
   */
  Succession(Duration patience) {
    this.patience = patience;
  }

  /** Whether something in {@code due} was due all the time for longer than the patience. */
  boolean isOpen(List<Event> due, Instant now) {
    Set<Due> still = due.stream().map(Succession::name).collect(Collectors.toSet());
    since.keySet().retainAll(still);
    still.forEach(any -> since.putIfAbsent(any, now));
    return since.values().stream()
        .anyMatch(begun -> Duration.between(begun, now).compareTo(patience) > 0);
  }

  private static Due name(Event event) {
    return switch (event) {
      case TaskReleased released -> new Due(released.task().digest(), "after " + released.after());
      case OutcomePublished ended -> new Due(ended.task().digest(), "after " + ended.attempt());
      case TaskWithdrawn withdrawn -> new Due(withdrawn.task().digest(), "withdrawn");
      case BudgetSpent spent -> new Due(spent.study().digest(), "spent");
      case AttemptReported _,
          Event.StudyWished _,
          Event.MaskPublished _,
          Event.MetricSampled _,
          Event.AttemptLogged _ ->
          throw new IllegalArgumentException("expected what planners write, got " + event);
    };
  }
}
