package dev.espalier.fleet.trigger;

import dev.espalier.fleet.trigger.Trigger.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is due by schedule. A time that passed while nobody looked is made up for where it is the
 * latest of its schedule, not too long ago, and the schedule had begun by then: a time before it is
 * on the log, or this process ran.
 */
final class Timetable {
  private final List<Trigger> triggers;
  private final Instant began;
  private final Function<String, Optional<Instant>> decided;
  private final Map<String, Instant> next = new HashMap<>();

  /** A trigger whose time has come. */
  record Due(Trigger trigger, Schedule schedule, Instant time) {}

  /**
   * A timetable.
   *
   * @param began since when this process looks
   * @param decided the latest time of a schedule, by its source, that is decided
   */
  Timetable(Triggers triggers, Instant began, Function<String, Optional<Instant>> decided) {
    this.triggers = triggers.planned().toList();
    this.began = began;
    this.decided = decided;
  }

  /** What is due at {@code now}, each once. */
  List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    for (Trigger trigger : triggers) {
      if (trigger.occasion() instanceof Occasion.Planned(Schedule schedule)
          && !now.isBefore(next.getOrDefault(trigger.name(), Instant.MIN))) {
        schedule
            .latest(now)
            .filter(time -> isDue(schedule, time, now))
            .ifPresent(time -> due.add(new Due(trigger, schedule, time)));
        next.put(trigger.name(), schedule.next(now).orElse(Instant.MAX));
      }
    }
    return due;
  }

  private boolean isDue(Schedule schedule, Instant time, Instant now) {
    boolean begun =
        decided.apply(schedule.source()).map(time::isAfter).orElse(!time.isBefore(began));
    return begun && schedule.isInTime(time, now);
  }
}
