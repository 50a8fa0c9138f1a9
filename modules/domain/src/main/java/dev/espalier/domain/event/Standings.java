package dev.espalier.domain.event;

import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  public static final Standings EMPTY =
      new Standings(TreePMap.empty(), TreePMap.empty(), HashTreePMap.empty());

  private final TreePMap<StudyId, StudyWished> studies;
  private final TreePMap<StudyId, BudgetSpent> spent;
  private final HashPMap<TaskId, TaskStanding> tasks;

  private Standings(
      TreePMap<StudyId, StudyWished> studies,
      TreePMap<StudyId, BudgetSpent> spent,
      HashPMap<TaskId, TaskStanding> tasks) {
    this.studies = studies;
    this.spent = spent;
    this.tasks = tasks;
  }

  /** These standings and one more event. */
  public Standings plus(Event event) {
    return switch (event) {
      case StudyWished wished -> new Standings(studies.plus(wished.study(), wished), spent, tasks);
      case BudgetSpent word -> new Standings(studies, spent.plus(word.study(), word), tasks);
      case AttemptLogged _ -> this; // nothing depends on it
      case Event.OfTask word -> with(word.task(), task(word.task()).plus(word));
    };
  }

  /**
   * These standings and {@code events}, in their order: the same as one after the other, sooner.
   */
  public Standings plus(Collection<? extends Event> events) {
    Standings sum = this;
    Map<TaskId, TaskStanding> changed = new HashMap<>();
    for (Event event : events) {
      switch (event) {
        case AttemptLogged _ -> {}
        case Event.OfTask word ->
            changed.put(
                word.task(), changed.getOrDefault(word.task(), task(word.task())).plus(word));
        case Event ofStudy -> sum = sum.plus(ofStudy);
      }
    }
    return new Standings(sum.studies, sum.spent, tasks.plusAll(changed));
  }

  private Standings with(TaskId task, TaskStanding standing) {
    return new Standings(studies, spent, tasks.plus(task, standing));
  }

  /** The newest wish for each study, by name. */
  public TreePMap<StudyId, StudyWished> studies() {
    return studies;
  }

  /** That the budget of {@code study} is spent, where it is and nobody has wished for more. */
  public Optional<BudgetSpent> spent(StudyId study) {
    return Optional.ofNullable(studies.get(study))
        .flatMap(wished -> Optional.ofNullable(spent.get(study)).filter(it -> it.isOf(wished)));
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
        && spent.equals(other.spent)
        && tasks.equals(other.tasks);
  }

  @Override
  public int hashCode() {
    return Objects.hash(studies, spent, tasks);
  }

  @Override
  public String toString() {
    return studies.size() + " studies, " + tasks.size() + " tasks";
  }
}
