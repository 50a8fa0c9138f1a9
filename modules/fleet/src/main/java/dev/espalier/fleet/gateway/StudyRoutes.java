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
import dev.espalier.fleet.view.Window;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/studies} and what is below: what is known of studies, as JSON. */
final class StudyRoutes {
  private final Vertx vertx;
  private final Board board;
  private final Views views;
  private final Listings listings;

  StudyRoutes(Vertx vertx, Board board, Views views) {
    this.vertx = vertx;
    this.board = board;
    this.views = views;
    this.listings = new Listings(views);
  }

  void mount(Router router) {
    router.get("/api/studies").handler(this::list);
    router.get("/api/studies/:study").handler(this::show);
    router.get("/api/studies/:study/tasks").handler(this::tasks);
  }

  /** Studies that were asked for, and what is said beside them. */
  private record Listed(Overview overview, Slice<StudyLine> studies) {}

  private void list(RoutingContext context) {
    Query query = new Query(context);
    Window window = query.window();
    StudyFilter filter =
        new StudyFilter(query.text("name"), query.choice("status", Status.values()));
    vertx
        .executeBlocking(() -> listed(filter, window), false)
        .onSuccess(
            listed -> {
              query.link(listed.studies());
              Answer.with(context, listed.overview());
            })
        .onFailure(context::fail);
  }

  private Listed listed(StudyFilter filter, Window window) {
    Board.View view = board.view();
    try {
      Slice<StudyLine> studies = listings.studies(view.standings(), filter, window);
      return new Listed(views.overview(view, studies.items()), studies);
    } catch (IllegalArgumentException e) {
      throw Query.badCursor(window.after().orElse("none"));
    }
  }

  private void show(RoutingContext context) {
    StudyId study = named(board, context).study();
    vertx
        .executeBlocking(() -> shown(study), false)
        .onSuccess(view -> Answer.with(context, view))
        .onFailure(context::fail);
  }

  private StudyView shown(StudyId study) {
    return views.study(study, board.standings()).orElseThrow();
  }

  private void tasks(RoutingContext context) {
    StudyId study = named(board, context).study();
    Query query = new Query(context);
    Window window = query.window();
    TaskFilter filter =
        new TaskFilter(
            query.choice("state", State.values()), query.choice("kind", TaskKind.values()));
    vertx
        .executeBlocking(() -> tasks(study, filter, window), false)
        .onSuccess(
            slice -> {
              query.link(slice);
              Answer.with(context, slice.items());
            })
        .onFailure(context::fail);
  }

  private Slice<TaskLine> tasks(StudyId study, TaskFilter filter, Window window) {
    try {
      return listings.tasks(study, board.standings(), filter, window);
    } catch (IllegalArgumentException e) {
      throw Query.badCursor(window.after().orElse("none"));
    }
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
