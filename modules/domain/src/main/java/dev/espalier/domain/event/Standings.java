package dev.espalier.domain.event;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskId;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * What the events so far add up to. Immutable: a reader keeps a consistent view while events come
 * in. Hearing an event again changes nothing once the later ones were heard again too, so the log
 * can be replayed from its beginning at any time.
 */
public final class Standings {
  /** Before the first event. */
  public static final Standings EMPTY = new Standings(TreePMap.empty(), HashTreePMap.empty());

  private final TreePMap<StudyId, StudyWished> studies;
  private final HashPMap<TaskId, TaskStanding> tasks;

  private Standings(TreePMap<StudyId, StudyWished> studies, HashPMap<TaskId, TaskStanding> tasks) {
    this.studies = studies;
    this.tasks = tasks;
  }

  /** These standings and one more event. */
  public Standings plus(Event event) {
    return switch (event) {
      case StudyWished wished -> new Standings(studies.plus(wished.study(), wished), tasks);
      case Event.OfTask word -> with(word.task(), task(word.task()).plus(word));
    };
  }

  private Standings with(TaskId task, TaskStanding standing) {
    return new Standings(studies, tasks.plus(task, standing));
  }

  /** The newest wish for each study, by name. */
  public TreePMap<StudyId, StudyWished> studies() {
    return studies;
  }

  /** What is known of each task that was heard of. */
  public HashPMap<TaskId, TaskStanding> tasks() {
    return tasks;
  }

  /**
   * What is known of {@code task}; {@link TaskStanding#UNKNOWN} before anything was heard of it.
   */
  public TaskStanding task(TaskId task) {
    return tasks.getOrDefault(task, TaskStanding.UNKNOWN);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Standings other
        && studies.equals(other.studies)
        && tasks.equals(other.tasks);
  }

  @Override
  public int hashCode() {
    return 31 * studies.hashCode() + tasks.hashCode();
  }

  @Override
  public String toString() {
    return studies.size() + " studies, " + tasks.size() + " tasks";
  }
}
