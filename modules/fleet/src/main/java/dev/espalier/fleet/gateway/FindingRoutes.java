package dev.espalier.fleet.gateway;

import dev.espalier.domain.task.Artifacts;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.function.Supplier;

/** All that studies found: masks, artifacts, comparisons, metrics, reports. */
final class FindingRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Board board;
  private final Views views;
  private final Artifacts artifacts;
  private final Supplier<Found> found;

  /**
   * Routes to what {@code board} knows.
   *
   * @param artifacts where the bytes are
   */
  FindingRoutes(Vertx vertx, Board board, Views views, Artifacts artifacts) {
    this.vertx = vertx;
    this.board = board;
    this.views = views;
    this.artifacts = artifacts;
    this.found = () -> new Found(views, board.standings(), artifacts);
  }

  void mount(Router router) {
    Aside aside = new Aside(vertx);
    new MaskAlgebraRoutes(aside, found).mount(router);
    new MaskRoutes(aside, found).mount(router);
    new ArtifactRoute(vertx, found).mount(router);
    new StudyFindingRoutes(aside, found, this::whole).mount(router);
  }

  private Found whole() throws InterruptedException {
    Board.View view =
        board
            .await(Board.View::complete, PATIENCE)
            .orElseThrow(
                () ->
                    new Problem(
                            ProblemType.LOG_UNREACHABLE,
                            "expected everything on the log to be read within " + PATIENCE)
                        .refusal());
    return new Found(views, view.standings(), artifacts);
  }
}
