package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.FleetView.Backlog;
import dev.espalier.fleet.view.FleetView.SlotView;
import dev.espalier.fleet.view.FleetView.WorkerView;
import dev.espalier.kafka.Topic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tasks of all studies, each once. Safe for use by many threads. */
public final class TaskIndex {
  private final Views views;

  public TaskIndex(Views views) {
    this.views = views;
  }

  /** Every task that a study on the log has, by name, those that nobody heard of yet too. */
  public NavigableMap<TaskId, Node> tasks(Standings standings) {
    NavigableMap<TaskId, Node> tasks = new TreeMap<>();
    for (StudyWished wished : standings.studies().values()) {
      views.graphOf(wished).nodes().forEach(node -> tasks.putIfAbsent(node.id(), node));
    }
    return tasks;
  }

  /** All that is known of the task of {@code node}. */
  public TaskView task(Node node, Standings standings) {
    TaskStanding standing = standings.task(node.id());
    return new TaskView(
        Titles.line(node, standing),
        node.task(),
        studiesWith(node.id(), standings),
        node.task().parents().stream().map(parent -> parent(parent, standings)).toList(),
        standing.attempt(),
        standing.attempt().flatMap(AttemptReported::checkpoint),
        standing.outcome());
  }

  private List<StudyId> studiesWith(TaskId task, Standings standings) {
    return standings.studies().values().stream()
        .filter(wished -> views.graphOf(wished).node(task).isPresent())
        .map(StudyWished::study)
        .toList();
  }

  private TaskView.Parent parent(TaskId task, Standings standings) {
    String title = find(task, standings).map(Titles::of).orElse("unknown");
    return new TaskView.Parent(task, title, standings.task(task).state());
  }

  private Optional<Node> find(TaskId task, Standings standings) {
    return standings.studies().values().stream()
        .flatMap(wished -> views.graphOf(wished).node(task).stream())
        .findFirst();
  }

  /** Who works on what, and what waits. */
  public FleetView fleet(Board.View view) {
    Standings standings = view.standings();
    NavigableMap<TaskId, Node> tasks = tasks(standings);
    List<WorkerView> workers =
        tasks.values().stream()
            .filter(node -> standings.task(node.id()).state() == State.RUNNING)
            .map(node -> slot(node, standings.task(node.id()).attempt().orElseThrow()))
            .collect(Collectors.groupingBy(TaskIndex::process, TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(process -> worker(process.getKey(), process.getValue()))
            .toList();
    return new FleetView(
        view.version(),
        workers,
        backlog(tasks, standings),
        workers.stream().mapToDouble(WorkerView::imagesPerSecond).sum());
  }

  private static SlotView slot(Node node, AttemptReported attempt) {
    return new SlotView(
        attempt.worker(),
        node.id(),
        Titles.of(node),
        TaskKind.of(node.task()),
        attempt.at(),
        attempt.progress());
  }

  /** Slots are called by their process and their number. */
  private static String process(SlotView slot) {
    int end = slot.slot().lastIndexOf('/');
    return end < 0 ? slot.slot() : slot.slot().substring(0, end);
  }

  private static WorkerView worker(String name, List<SlotView> slots) {
    return new WorkerView(
        name,
        slots.stream().sorted(Comparator.comparing(SlotView::slot)).toList(),
        slots.stream().mapToDouble(slot -> slot.progress().imagesPerSecond()).sum());
  }

  private static List<Backlog> backlog(NavigableMap<TaskId, Node> tasks, Standings standings) {
    return Arrays.stream(TaskKind.values())
        .map(
            kind ->
                new Backlog(
                    Topic.POOL,
                    kind,
                    count(tasks, standings, kind, State.WAITING),
                    count(tasks, standings, kind, State.RUNNING)))
        .toList();
  }

  private static int count(
      NavigableMap<TaskId, Node> tasks, Standings standings, TaskKind kind, State state) {
    return (int)
        tasks.values().stream()
            .filter(node -> TaskKind.of(node.task()) == kind)
            .filter(node -> standings.task(node.id()).state() == state)
            .count();
  }
}
