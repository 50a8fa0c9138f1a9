package dev.espalier.fleet.gateway;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Works answers out beside the event loop. */
final class Aside {
  private final Vertx vertx;

  Aside(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Answers with what {@code work} gives, as JSON. */
  void answer(RoutingContext context, Function<RoutingContext, ?> work) {
    answer(context, work, Answer::with);
  }

  /**
   * Answers as {@code show} shows what {@code work} gives.
   *
   * @param work not on the event loop
   * @param show on the event loop
   */
  <T> void answer(
      RoutingContext context,
      Function<RoutingContext, T> work,
      BiConsumer<RoutingContext, T> show) {
    vertx
        .executeBlocking(() -> work.apply(context), false)
        .onSuccess(value -> show.accept(context, value))
        .onFailure(context::fail);
  }
}
