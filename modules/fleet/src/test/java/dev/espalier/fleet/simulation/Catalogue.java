package dev.espalier.fleet.simulation;

import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The studies of a simulation and their tasks; the same for all that have as many studies. */
final class Catalogue {
  private static final int LEAST_UNITS = 2;
  private static final int SPREAD = 7;

  private final Map<Study, StudyId> studyNames = new HashMap<>();
  private final Map<Task, TaskId> taskNames = new HashMap<>();
  private final List<Study> studies = new ArrayList<>();
  private final Map<TaskId, Work> works = new LinkedHashMap<>();
  private final Map<Digest, Integer> units = new HashMap<>();

  /**
   * A task, and how many units of work it is.
   *
   * @param checkpoints the artifact after each unit, the same whoever computes it; none after 0
   */
  record Work(TaskId id, Task task, int units, Outcome outcome, List<Digest> checkpoints) {
    Optional<Digest> checkpoint(int done) {
      return done == 0 ? Optional.empty() : Optional.of(checkpoints.get(done - 1));
    }
  }

  private final Naming naming =
      new Naming() {
        @Override
        public StudyId nameOf(Study study) {
          return studyNames.computeIfAbsent(study, Samples.NAMING::nameOf);
        }

        @Override
        public TaskId nameOf(Task task) {
          return taskNames.computeIfAbsent(task, Samples.NAMING::nameOf);
        }
      };

  /** As many studies as {@code size} says; with several rounds each shares tasks with the next. */
  Catalogue(Schedule.Size size) {
    for (long seed = 1; seed <= size.studies(); seed++) {
      Study study =
          size.rounds() == 1
              ? Samples.study(1, seed)
              : Samples.study(size.rounds(), seed, seed + 1);
      studies.add(study);
      TaskGraph.of(study, naming).nodes().forEach(this::add);
    }
  }

  private void add(Node node) {
    works.computeIfAbsent(node.id(), id -> work(node));
  }

  private Work work(Node node) {
    int length = LEAST_UNITS + Math.floorMod(node.id().hashCode(), SPREAD);
    List<Digest> checkpoints = new ArrayList<>();
    for (int unit = 1; unit <= length; unit++) {
      Digest digest = Samples.digest(node.id() + " after " + unit);
      units.put(digest, unit);
      checkpoints.add(digest);
    }
    return new Work(node.id(), node.task(), length, Samples.completed(node.task()), checkpoints);
  }

  Naming naming() {
    return naming;
  }

  List<Study> studies() {
    return studies;
  }

  /** Every task that a study wants. */
  List<Work> works() {
    return List.copyOf(works.values());
  }

  Work work(TaskId task) {
    return Objects.requireNonNull(works.get(task));
  }

  /** How many units are done at {@code checkpoint}; 0 when there is none. */
  int unitsAt(Optional<Digest> checkpoint) {
    return checkpoint.map(digest -> Objects.requireNonNull(units.get(digest))).orElse(0);
  }
}
