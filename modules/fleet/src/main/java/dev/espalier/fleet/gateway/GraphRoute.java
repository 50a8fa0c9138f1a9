package dev.espalier.fleet.gateway;

import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.GraphView;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/studies/{study}/graph}: all tasks of a study at once, in few bytes. */
final class GraphRoute {
  private final Aside aside;
  private final Board board;
  private final Views views;

  GraphRoute(Vertx vertx, Board board, Views views) {
    this.aside = new Aside(vertx);
    this.board = board;
    this.views = views;
  }

  void mount(Router router) {
    router.get("/api/studies/:study/graph").handler(context -> aside.answer(context, this::graph));
  }

  private GraphView graph(RoutingContext context) {
    return views.graph(StudyRoutes.named(board, context).study(), board.standings()).orElseThrow();
  }
}
