package dev.espalier.fleet.simulation;

import java.util.function.Supplier;

/**
 * What every role of a simulated fleet meets.
 *
 * @param trace told what happens
 */
record World(
    Timeline timeline,
    Catalogue catalogue,
    Truth truth,
    ModelLog log,
    ShareGroup group,
    Store store,
    Bug bug,
    Trace trace) {
  /** Who wants to know what happens. */
  interface Trace {
    /** Tells nobody. */
    Trace SILENT = (at, who, what) -> {};

    /** At {@code at} ms, {@code who} did {@code what}. */
    void tell(long at, String who, Supplier<String> what);
  }

  static World of(Schedule schedule, Catalogue catalogue, Bug bug, Trace trace) {
    Timeline timeline = new Timeline();
    Truth truth = new Truth(timeline, catalogue);
    ModelLog log = new ModelLog(timeline, truth, schedule.seed());
    ShareGroup group = new ShareGroup(timeline, log.topic(Subject.TASKS), schedule.seed());
    log.onTasks(group::refresh);
    return new World(timeline, catalogue, truth, log, group, new Store(), bug, trace);
  }

  void tell(String who, Supplier<String> what) {
    trace.tell(timeline.now(), who, what);
  }
}
