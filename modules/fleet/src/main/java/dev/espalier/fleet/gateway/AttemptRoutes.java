package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.AttemptLine;
import dev.espalier.fleet.view.TaskIndex;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.AttemptLogs;
import dev.espalier.kafka.Connection;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/tasks/{task}/attempts} and the log of each. */
final class AttemptRoutes {
  private static final int MOST_LINES = 10_000;
  private static final int USUAL_LINES = 1_000;

  private final Aside aside;
  private final Board board;
  private final TaskIndex index;
  private final AttemptLogs logs;

  AttemptRoutes(Vertx vertx, Board board, Views views, Connection connection) {
    this.aside = new Aside(vertx);
    this.board = board;
    this.index = new TaskIndex(views);
    this.logs = new AttemptLogs(connection);
  }

  void mount(Router router) {
    router
        .get("/api/tasks/:task/attempts")
        .handler(context -> aside.answer(context, this::attempts));
    router
        .get("/api/tasks/:task/attempts/:attempt/log")
        .handler(context -> aside.answer(context, this::log));
  }

  private List<AttemptLine> attempts(RoutingContext context) {
    return words(context).stream().map(AttemptLine::of).toList();
  }

  private List<LogLine> log(RoutingContext context) {
    int lines = new Query(context).number("lines", 1, MOST_LINES, USUAL_LINES);
    String number = context.pathParam("attempt");
    List<AttemptReported> words = words(context);
    AttemptReported word =
        words.stream()
            .filter(known -> String.valueOf(known.attempt()).equals(number))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.notFound(
                            "expected an attempt among %s, got %s"
                                .formatted(
                                    words.stream().map(AttemptReported::attempt).toList(), number))
                        .refusal());
    return logs.lines(word, lines);
  }

  private List<AttemptReported> words(RoutingContext context) {
    Board.View view = board.view();
    TaskId task =
        ByName.find(index.tasks(view.standings()), TaskId::new, context.pathParam("task"), "task")
            .id();
    return view.trails().of(task);
  }
}
