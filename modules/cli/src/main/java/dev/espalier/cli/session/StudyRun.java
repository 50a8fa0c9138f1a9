package dev.espalier.cli.session;

import dev.espalier.cli.progress.StudyProgress;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.estimate.TimeLeft;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.NamedStudy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries one study out: answers from the log when it is finished; otherwise asks for it, watches
 * it, and goes on in this process should the one that hosted the work be gone.
 */
public final class StudyRun {
  private static final Duration TURN = Duration.ofMillis(300);

  private final NamedStudy named;
  private final StudyId id;
  private final TaskGraph graph;
  private final Settings settings;
  private final Clock clock;
  private final Stop stop;
  private final Watcher watcher;

  /**
   * A run that has not begun.
   *
   * @param named the study, its data pinned, its deadline a moment
   * @param settings what this process works with
   * @param clock what dates wishes
   * @param stop when to leave
   * @param watcher who is told how it goes
   */
  public StudyRun(NamedStudy named, Settings settings, Clock clock, Stop stop, Watcher watcher) {
    CanonicalNaming naming = new CanonicalNaming();
    this.named = named;
    this.id = naming.nameOf(named.study());
    this.graph = TaskGraph.of(named.study(), naming);
    this.settings = settings;
    this.clock = clock;
    this.stop = stop;
    this.watcher = watcher;
  }

  /**
   * Runs until nothing of the study is left to do, or until told to stop.
   *
   * @return what was found; empty when told to stop before
   * @throws IllegalStateException when this process is unwell
   */
  public Optional<Report> run() {
    Optional<Report> found = Optional.empty();
    while (found.isEmpty() && !stop.requested()) {
      Instant opening = clock.instant();
      Optional<Session> opened = Session.open(settings, opening);
      if (opened.isEmpty()) {
        // The host is starting or stopping.
        LockSupport.parkNanos(TURN.toNanos());
        continue;
      }
      try (Session session = opened.get()) {
        found = carryOut(session, opening);
      }
    }
    return found;
  }

  private Optional<Report> carryOut(Session session, Instant opening) {
    Report known = report(session.known());
    if (known.isComplete()) {
      watcher.ended(known, true);
      return Optional.of(known);
    }
    if (session.hosts()) {
      pauseOthers(session, opening);
    }
    Board board = session.work();
    watcher.began(session.hosts(), session.page());
    Instant wished = clock.instant();
    session.publish(wish(wished));
    Optional<Report> found = watch(session, board, wished);
    if (found.isPresent() && session.hosts()) {
      waitForGuests(session, board);
    }
    return found;
  }

  /** What was asked for in earlier runs waits until it is asked for again. */
  private void pauseOthers(Session session, Instant opening) {
    for (StudyWished other : Unfinished.studies(session.known())) {
      if (!other.study().equals(id) && other.at().isBefore(opening)) {
        session.publish(other.then(clock.instant(), Wish.PAUSE));
        watcher.said(
            "%s (%s) is not finished; it goes on when it is run again"
                .formatted(other.name(), other.study().digest().brief()));
      }
    }
  }

  private StudyWished wish(Instant at) {
    return new StudyWished(
        at, id, named.name(), named.study(), Wish.RUN, Optional.empty(), named.budget());
  }

  private Optional<Report> watch(Session session, Board board, Instant wished) {
    while (!stop.requested()) {
      Board.View view = next(board, board.view().version());
      StudyProgress progress =
          StudyProgress.of(named.name(), graph, view.standings(), wished, left(view.standings()));
      if (view.complete()) {
        watcher.progressed(progress, clock.instant());
      }
      Report report = report(view.standings());
      boolean over = progress.isOver() || isSpent(view.standings(), wished);
      if (over && hasMasks(report)) {
        watcher.ended(report, false);
        return Optional.of(report);
      }
      if (session.isLost()) {
        watcher.said("the process that hosted the work has gone");
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether the budget of this wish is spent, or that of one after it. */
  private boolean isSpent(Standings standings, Instant wished) {
    return standings.spent(id).filter(spent -> !spent.wished().isBefore(wished)).isPresent();
  }

  private Optional<Duration> left(Standings standings) {
    return TimeLeft.of(graph, standings, settings.slots());
  }

  private static Board.View next(Board board, long version) {
    try {
      return board.await(view -> view.version() > version, TURN).orElseGet(board::view);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return board.view();
    }
  }

  private Report report(Standings standings) {
    return Report.of(id, named.study(), graph, standings);
  }

  /** Masks and outcomes are committed together, but may be read one after the other. */
  private boolean hasMasks(Report report) {
    long rounds = graph.nodes().stream().filter(node -> node.task() instanceof PruneTask).count();
    return !report.isComplete() || report.masks().size() == rounds;
  }

  private void waitForGuests(Session session, Board board) {
    List<StudyWished> others = Unfinished.studies(board.standings());
    if (!others.isEmpty()) {
      watcher.said(
          "waiting for %s of another process; Ctrl-C hands the work over to it"
              .formatted(String.join(", ", others.stream().map(StudyWished::name).toList())));
    }
    while (!stop.requested()
        && !session.isLost()
        && !Unfinished.studies(board.standings()).isEmpty()) {
      next(board, board.view().version());
    }
  }
}
