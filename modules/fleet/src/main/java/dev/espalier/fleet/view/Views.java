package dev.espalier.fleet.view;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Spending;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.report.Spread;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.estimate.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what is shown off the standings. Safe for use by many threads. */
public final class Views {
  private static final int MOST_FAILURES = 10;

  private final Naming naming;
  private final int slots;
  private final Map<StudyId, TaskGraph> graphs = new ConcurrentHashMap<>();

  /**
   * Views that expect {@code slots} tasks to be worked on at a time while fewer are.
   *
   * @param naming how tasks get their names
   */
  public Views(Naming naming, int slots) {
    this.naming = naming;
    this.slots = slots;
  }

  /** The graph of a study, made once. */
  public TaskGraph graphOf(StudyWished wished) {
    return graphs.computeIfAbsent(wished.study(), study -> TaskGraph.of(wished.content(), naming));
  }

  /** The report of a study so far; empty when it was never heard of. */
  public Optional<Report> report(StudyId study, Standings standings) {
    return Optional.ofNullable(standings.studies().get(study))
        .map(wished -> Report.of(study, wished.content(), graphOf(wished), standings));
  }

  /** What a study found so far; empty when it was never heard of. */
  public Optional<StudyCurves> curves(StudyId study, Standings standings) {
    return report(study, standings)
        .map(
            report ->
                new StudyCurves(
                    study,
                    Objects.requireNonNull(standings.studies().get(study)).name(),
                    report.tasks(),
                    report.completed(),
                    curves(report)));
  }

  /** These studies, and the whole fleet. */
  public Overview overview(Board.View view, List<StudyLine> studies) {
    Standings standings = view.standings();
    List<Crew> crews =
        standings.studies().values().stream().map(wished -> crew(wished, standings)).toList();
    return Crew.beside(studies, view.version(), crews);
  }

  /** Who works on a study. */
  Crew crew(StudyWished wished, Standings standings) {
    List<Overview.WorkerLine> workers = new ArrayList<>();
    int waiting = 0;
    for (Node node : graphOf(wished).nodes()) {
      TaskStanding standing = standings.task(node.id());
      State state = standing.state();
      if (state == State.RUNNING) {
        workers.add(worker(node, standing.attempt().orElseThrow()));
      }
      waiting += state == State.WAITING ? 1 : 0;
    }
    return new Crew(workers, waiting);
  }

  private static Overview.WorkerLine worker(Node node, AttemptReported attempt) {
    return new Overview.WorkerLine(
        attempt.worker(),
        Titles.of(node),
        attempt.progress().steps() == 0
            ? 0
            : (double) attempt.progress().step() / attempt.progress().steps(),
        attempt.progress().imagesPerSecond());
  }

  /** A study; empty when it was never heard of. */
  public Optional<StudyView> study(StudyId study, Standings standings) {
    return Optional.ofNullable(standings.studies().get(study))
        .map(wished -> study(wished, standings));
  }

  private StudyView study(StudyWished wished, Standings standings) {
    TaskGraph graph = graphOf(wished);
    Report report = Report.of(wished.study(), wished.content(), graph, standings);
    return new StudyView(
        line(wished, standings),
        wished.content(),
        curves(report),
        active(graph, standings),
        report.failures().stream().limit(MOST_FAILURES).map(Views::reason).toList(),
        report.cost());
  }

  private static String reason(OutcomePublished ended) {
    return switch (ended.outcome()) {
      case Outcome.Completed completed -> "completed";
      case Outcome.Failed failed -> failed.failure().message();
    };
  }

  /** The tasks of a study and which needs which; empty when it was never heard of. */
  public Optional<GraphView> graph(StudyId study, Standings standings) {
    return Optional.ofNullable(standings.studies().get(study))
        .map(wished -> GraphDrawing.of(wished, graphOf(wished).nodes(), standings));
  }

  /** A study in a line. */
  public StudyLine line(StudyWished wished, Standings standings) {
    TaskGraph graph = graphOf(wished);
    Tally tally = new Tally();
    graph.nodes().forEach(node -> tally.add(node, standings.task(node.id()).state()));
    Optional<Budget.Limit> spent = standings.spent(wished.study()).map(BudgetSpent::limit);
    Status status = tally.status(wished.wish(), spent.isPresent());
    boolean over = status != Status.RUNNING && status != Status.WAITING;
    Optional<Duration> left =
        over
            ? Optional.empty()
            : TimeLeft.of(graph, standings, Math.max(slots, tally.count(State.RUNNING)));
    return new StudyLine(
        wished.study(),
        wished.name(),
        status,
        wished.at(),
        wished.priority(),
        wished.budget(),
        spending(wished.study(), graph, standings),
        spent,
        graph.nodes().size(),
        tally.count(State.COMPLETED),
        tally.count(State.FAILED),
        tally.count(State.RUNNING),
        tally.rounds(),
        tally.roundsCompleted(),
        left);
  }

  private static Spending spending(StudyId study, TaskGraph graph, Standings standings) {
    return graph.nodes().stream()
        .map(node -> standings.task(node.id()).spentBy(study))
        .reduce(Spending.NONE, Spending::plus);
  }

  /** Every arm of the study, those without an accuracy too, so that each keeps its place. */
  private static List<Curve> curves(Report report) {
    return Report.armsOf(report.content()).stream()
        .map(arm -> new Curve(arm.toString(), points(report, arm)))
        .toList();
  }

  private static List<Curve.Point> points(Report report, Arm arm) {
    return report.cells().stream()
        .filter(cell -> cell.arm().equals(arm))
        .map(Views::point)
        .toList();
  }

  private static Curve.Point point(Cell cell) {
    Spread spread = cell.spread();
    Optional<Double> error = spread.standardError().stream().boxed().findFirst();
    return new Curve.Point(cell.level(), cell.density(), spread.mean(), error, spread.count());
  }

  private static List<TaskLine> active(TaskGraph graph, Standings standings) {
    return graph.nodes().stream()
        .filter(node -> isActive(standings.task(node.id()).state()))
        .map(node -> Titles.line(node, standings.task(node.id())))
        .toList();
  }

  private static boolean isActive(State state) {
    return state == State.RUNNING || state == State.PREEMPTED;
  }

  /** The tasks of a study, in the order of its graph; none when it was never heard of. */
  public List<TaskLine> tasks(StudyId study, Standings standings) {
    return Optional.ofNullable(standings.studies().get(study)).stream()
        .flatMap(wished -> graphOf(wished).nodes().stream())
        .map(node -> Titles.line(node, standings.task(node.id())))
        .toList();
  }
}
