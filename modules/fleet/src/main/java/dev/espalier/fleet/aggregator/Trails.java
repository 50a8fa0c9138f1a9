package dev.espalier.fleet.aggregator;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.task.TaskId;
import java.util.List;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * The newest word of every attempt, where standings know that of the highest only: what a person
 * asks for who wants to know what became of the others. Immutable.
 */
public final class Trails {
  /** Before the first word. */
  public static final Trails NONE = new Trails(HashTreePMap.empty());

  private final HashPMap<TaskId, TreePMap<Integer, AttemptReported>> words;

  private Trails(HashPMap<TaskId, TreePMap<Integer, AttemptReported>> words) {
    this.words = words;
  }

  /** These and one more event; only words of attempts change anything. */
  Trails plus(Event event) {
    if (!(event instanceof AttemptReported word)) {
      return this;
    }
    TreePMap<Integer, AttemptReported> known =
        words.getOrDefault(word.task(), TreePMap.<Integer, AttemptReported>empty());
    return new Trails(words.plus(word.task(), known.plus(word.attempt(), word)));
  }

  /** The newest word of each attempt at {@code task}, the first attempt first. */
  public List<AttemptReported> of(TaskId task) {
    return List.copyOf(
        words.getOrDefault(task, TreePMap.<Integer, AttemptReported>empty()).values());
  }
}
