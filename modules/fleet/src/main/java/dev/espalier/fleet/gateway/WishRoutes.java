package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.StudyLine;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/**
 * {@code POST /api/studies/{study}/cancel}, {@code pause} and {@code resume}: wishes of a study
 * that is on the log, answered with the study in a line. A wish that is so already changes nothing.
 */
final class WishRoutes {
  private final Aside aside;
  private final Board board;
  private final Views views;
  private final Submissions submissions;

  WishRoutes(Vertx vertx, Board board, Views views, Submissions submissions) {
    this.aside = new Aside(vertx);
    this.board = board;
    this.views = views;
    this.submissions = submissions;
  }

  void mount(Router router) {
    mount(router, "cancel", Wish.CANCEL);
    mount(router, "pause", Wish.PAUSE);
    mount(router, "resume", Wish.RUN);
  }

  private void mount(Router router, String word, Wish wish) {
    router
        .post("/api/studies/:study/" + word)
        .handler(Bodies.none())
        .handler(Bodies::refuseForeign)
        .handler(
            context -> aside.answer(context, asked -> wish(StudyRoutes.named(board, asked), wish)));
  }

  /** The line says what was wished, also where the board has not heard of it yet. */
  private StudyLine wish(StudyWished known, Wish wish) throws InterruptedException {
    if (known.wish() == wish) {
      return views.line(known, board.standings());
    }
    StudyWished word = submissions.wish(known, wish);
    return views.line(word, Echo.of(board, word).standings());
  }
}
