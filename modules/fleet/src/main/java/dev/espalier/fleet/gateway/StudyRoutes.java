package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Listings;
import dev.espalier.fleet.view.Listings.StudyFilter;
import dev.espalier.fleet.view.Listings.TaskFilter;
import dev.espalier.fleet.view.Overview;
import dev.espalier.fleet.view.Slice;
import dev.espalier.fleet.view.Status;
import dev.espalier.fleet.view.StudyLine;
import dev.espalier.fleet.view.StudyView;
import dev.espalier.fleet.view.TaskLine;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/studies} and what is below: what is known of studies, as JSON. */
final class StudyRoutes {
  private final Aside aside;
  private final Board board;
  private final Views views;
  private final Listings listings;

  StudyRoutes(Vertx vertx, Board board, Views views) {
    this.aside = new Aside(vertx);
    this.board = board;
    this.views = views;
    this.listings = new Listings(views);
  }

  void mount(Router router) {
    router
        .get("/api/studies")
        .handler(context -> aside.answer(context, this::list, StudyRoutes::answer));
    router.get("/api/studies/:study").handler(context -> aside.answer(context, this::show));
    router
        .get("/api/studies/:study/tasks")
        .handler(context -> aside.answer(context, this::tasks, Query::answer));
  }

  /** Studies that were asked for, and what is said beside them. */
  private record Listed(Overview overview, Slice<StudyLine> studies) {}

  private Listed list(RoutingContext context) {
    Query query = new Query(context);
    StudyFilter filter =
        new StudyFilter(query.text("name"), query.choice("status", Status.values()));
    Board.View view = board.view();
    Slice<StudyLine> studies =
        query.slice(window -> listings.studies(view.standings(), filter, window));
    return new Listed(views.overview(view, studies.items()), studies);
  }

  private static void answer(RoutingContext context, Listed listed) {
    new Query(context).link(listed.studies());
    Answer.with(context, listed.overview());
  }

  private StudyView show(RoutingContext context) {
    return views.study(named(board, context).study(), board.standings()).orElseThrow();
  }

  private Slice<TaskLine> tasks(RoutingContext context) {
    StudyId study = named(board, context).study();
    Query query = new Query(context);
    TaskFilter filter =
        new TaskFilter(
            query.choice("state", State.values()), query.choice("kind", TaskKind.values()));
    return query.slice(window -> listings.tasks(study, board.standings(), filter, window));
  }

  /**
   * The study that the path names, in full or by its first digits.
   *
   * @throws RefusedException when there is none, or more than one
   */
  static StudyWished named(Board board, RoutingContext context) {
    return ByName.find(
        board.standings().studies(), StudyId::new, context.pathParam("study"), "study");
  }
}
