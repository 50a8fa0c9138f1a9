package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Standings;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.TaskIndex;
import dev.espalier.fleet.view.TaskView;
import dev.espalier.fleet.view.Views;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** {@code GET /api/tasks/{task}} and {@code GET /api/fleet}: what is worked on, whoever asked. */
final class TaskRoutes {
  private final Aside aside;
  private final Board board;
  private final TaskIndex index;

  TaskRoutes(Vertx vertx, Board board, Views views) {
    this.aside = new Aside(vertx);
    this.board = board;
    this.index = new TaskIndex(views);
  }

  void mount(Router router) {
    router
        .get("/api/tasks/:task")
        .handler(context -> aside.answer(context, asked -> task(asked.pathParam("task"))));
    router
        .get("/api/fleet")
        .handler(context -> aside.answer(context, _ -> index.fleet(board.view())));
  }

  private TaskView task(String name) {
    Standings standings = board.standings();
    Node node = ByName.find(index.tasks(standings), TaskId::new, name, "task");
    return index.task(node, standings);
  }
}
