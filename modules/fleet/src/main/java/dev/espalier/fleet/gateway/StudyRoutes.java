package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.StudyView;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code GET /api/studies}: what was submitted and how far it is. */
final class StudyRoutes {
  private final Vertx vertx;
  private final Board board;
  private final Views views;

  StudyRoutes(Vertx vertx, Board board, Views views) {
    this.vertx = vertx;
    this.board = board;
    this.views = views;
  }

  void mount(Router router) {
    router.get("/api/studies").handler(this::list);
    router.get("/api/studies/:study").handler(this::show);
    router.get("/api/studies/:study/tasks").handler(this::tasks);
  }

  private void list(RoutingContext context) {
    vertx
        .executeBlocking(() -> views.overview(board.view()), false)
        .onSuccess(overview -> Answer.with(context, overview))
        .onFailure(context::fail);
  }

  private void show(RoutingContext context) {
    Optional<StudyId> study = named(context);
    if (study.isEmpty()) {
      return;
    }
    vertx
        .executeBlocking(() -> views.study(study.get(), board.standings()), false)
        .onSuccess(view -> answer(context, view))
        .onFailure(context::fail);
  }

  private static void answer(RoutingContext context, Optional<StudyView> view) {
    view.ifPresentOrElse(
        found -> Answer.with(context, found), () -> unknown(context).answer(context));
  }

  private void tasks(RoutingContext context) {
    Optional<StudyId> study = named(context);
    if (study.isEmpty()) {
      return;
    }
    vertx
        .executeBlocking(() -> views.tasks(study.get(), board.standings()), false)
        .onSuccess(tasks -> Answer.with(context, tasks))
        .onFailure(context::fail);
  }

  /** The study that the path names, in full or by its first digits; answers when there is none. */
  private Optional<StudyId> named(RoutingContext context) {
    String name = context.pathParam("study");
    Optional<StudyId> found =
        board.standings().studies().keySet().stream()
            .filter(study -> isNamed(study, name))
            .findFirst();
    if (found.isEmpty()) {
      unknown(context).answer(context);
    }
    return found;
  }

  private static boolean isNamed(StudyId study, String name) {
    return study.toString().equals(name) || study.digest().hex().startsWith(name);
  }

  private static Problem unknown(RoutingContext context) {
    return Problem.notFound(
        "expected the digest of a study on the log, got " + context.pathParam("study"));
  }
}
