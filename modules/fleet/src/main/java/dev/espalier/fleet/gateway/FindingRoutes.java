package dev.espalier.fleet.gateway;

import dev.espalier.domain.task.Artifacts;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** All that studies found: masks, artifacts, comparisons, metrics, reports. */
final class FindingRoutes {
  private final Vertx vertx;
  private final Supplier<Found> found;

  /**
   * Routes to what {@code board} knows.
   *
   * @param artifacts where the bytes are
   */
  FindingRoutes(Vertx vertx, Board board, Views views, Artifacts artifacts) {
    this.vertx = vertx;
    this.found = () -> new Found(views, board.standings(), artifacts);
  }

  void mount(Router router) {
    Aside aside = new Aside(vertx);
    new MaskAlgebraRoutes(aside, found).mount(router);
    new MaskRoutes(aside, found).mount(router);
    new ArtifactRoute(vertx, found).mount(router);
    new StudyFindingRoutes(aside, found).mount(router);
  }
}
