package dev.espalier.cli.progress;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks of a study have come to an end.
 *
 * @param completed those with a result
 * @param failed those that ended without one since the study was last asked for
 * @param barred those that can never begin, because one that they need has failed
 */
record Ends(Set<TaskId> completed, Set<TaskId> failed, Set<TaskId> barred) {

  static Ends of(TaskGraph graph, Standings standings, Instant wished) {
    Ends ends = new Ends(new HashSet<>(), new HashSet<>(), new HashSet<>());
    // The nodes come parents first.
    graph.nodes().forEach(node -> ends.add(node, standings.task(node.id()), wished));
    return ends;
  }

  private void add(Node node, TaskStanding standing, Instant wished) {
    Optional<OutcomePublished> outcome = standing.outcome();
    if (standing.result().isPresent()) {
      completed.add(node.id());
    } else if (outcome.filter(ended -> !ended.at().isBefore(wished)).isPresent()) {
      failed.add(node.id());
    } else if (node.task().parents().stream().anyMatch(this::isLost)) {
      barred.add(node.id());
    }
  }

  private boolean isLost(TaskId parent) {
    return failed.contains(parent) || barred.contains(parent);
  }

  boolean hasEnded(TaskId task) {
    return completed.contains(task) || failed.contains(task);
  }
}
