package dev.espalier.domain.provenance;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The task that found something, with all that led to it.
 *
 * @param node its name, the work (data by digest, network, seed, training, parents), and the
 *     figures that it is for in the first of the studies
 * @param studies who asked for it, at least one
 * @param ended who did it, in which attempt and when
 * @param completed what it found, and what that depends on: build, provider, processor, threads
 */
public record Origin(
    Node node, List<StudyWished> studies, OutcomePublished ended, Outcome.Completed completed) {
  /** Copies the studies. */
  public Origin {
    studies = List.copyOf(studies);
  }

  /** The task's name. */
  public TaskId task() {
    return node.id();
  }

  /** The work. */
  public Task content() {
    return node.task();
  }

  /**
   * Where {@code wanted} comes from: of a mask, weights or evidence the tasks that found them (two
   * may find the same mask); of a task itself; of a study all its tasks. Parents come first.
   *
   * @return empty when no completed task that a study on the log wants is meant
   */
  public static List<Origin> of(Digest wanted, Standings standings, Naming naming) {
    Map<TaskId, Origin> all = all(standings, naming);
    return all.values().stream()
        .filter(
            origin ->
                origin.task().digest().equals(wanted)
                    || origin.studies.stream().anyMatch(one -> one.study().digest().equals(wanted))
                    || origin.products().contains(wanted))
        .toList();
  }

  /** Every digest that {@link #of} knows and that {@code text} is, or is the beginning of. */
  public static Set<Digest> named(String text, Standings standings, Naming naming) {
    Set<Digest> named = new HashSet<>();
    for (Origin origin : all(standings, naming).values()) {
      named.add(origin.task().digest());
      origin.studies.forEach(study -> named.add(study.study().digest()));
      named.addAll(origin.products());
    }
    named.removeIf(digest -> !digest.toString().startsWith(text) && !digest.hex().startsWith(text));
    return named;
  }

  private static Map<TaskId, Origin> all(Standings standings, Naming naming) {
    Map<TaskId, Origin> all = new LinkedHashMap<>();
    for (StudyWished study : standings.studies().values()) {
      for (Node node : TaskGraph.of(study.content(), naming).nodes()) {
        standings
            .task(node.id())
            .outcome()
            .flatMap(ended -> origin(node, study, ended))
            .ifPresent(origin -> all.merge(node.id(), origin, Origin::alsoFor));
      }
    }
    return all;
  }

  private static Optional<Origin> origin(Node node, StudyWished study, OutcomePublished ended) {
    return ended.outcome() instanceof Outcome.Completed completed
        ? Optional.of(new Origin(node, List.of(study), ended, completed))
        : Optional.empty();
  }

  private Origin alsoFor(Origin other) {
    List<StudyWished> both = new ArrayList<>(studies);
    both.addAll(other.studies);
    return new Origin(node, both, ended, completed);
  }

  /** The artifacts that it made, without those that it passes on. */
  public List<Digest> products() {
    return switch (completed.result()) {
      case Result.Pruned pruned -> products(pruned);
      case Result.Scored scored -> List.of(scored.evidence());
      case Result.Evaluated evaluated -> List.of();
    };
  }

  private List<Digest> products(Result.Pruned pruned) {
    return switch (content()) {
      case PruneTask prune -> {
        List<Digest> products = new ArrayList<>();
        if (!prune.recipe().sharesScores()) { // otherwise its cut finds the mask
          products.add(pruned.mask().digest());
        }
        products.add(pruned.trained());
        if (prune.parent().isEmpty()) {
          products.add(pruned.rewind());
        }
        yield products;
      }
      case CutTask cut -> List.of(pruned.mask().digest());
      case ScoreTask score -> List.of();
      case EvaluateTask evaluate -> List.of();
    };
  }
}
