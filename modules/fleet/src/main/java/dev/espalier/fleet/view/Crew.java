package dev.espalier.fleet.view;

import dev.espalier.fleet.view.Overview.WorkerLine;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who works on a study, and what of it waits for somebody.
 *
 * @param workers at work on its tasks
 * @param waiting its released tasks that nobody works on
 */
record Crew(List<WorkerLine> workers, int waiting) {
  /** Copies the workers. */
  Crew {
    workers = List.copyOf(workers);
  }

  /** {@code lines} beside all {@code crews}; a task that studies share has its worker once. */
  static Overview beside(List<StudyLine> lines, long version, Collection<Crew> crews) {
    Map<String, WorkerLine> workers = new LinkedHashMap<>();
    crews.forEach(crew -> crew.workers().forEach(line -> workers.put(line.worker(), line)));
    return new Overview(
        version,
        lines,
        workers.values().stream().sorted(Comparator.comparing(WorkerLine::worker)).toList(),
        crews.stream().mapToInt(Crew::waiting).sum(),
        workers.values().stream().mapToDouble(WorkerLine::imagesPerSecond).sum());
  }
}
