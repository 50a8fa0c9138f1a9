package dev.espalier.fleet.gateway;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;

/** Works answers out beside the event loop. */
final class Aside {
  private final Vertx vertx;

  Aside(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What is worked out for a request. */
  @FunctionalInterface
  interface Work<T> {
    /** The answer to {@code context}. */
    T answer(RoutingContext context) throws InterruptedException;
  }

  /** Answers with what {@code work} gives, as JSON. */
  void answer(RoutingContext context, Work<?> work) {
    answer(context, work, Answer::with);
  }

  /**
   * Answers as {@code show} shows what {@code work} gives.
   *
   * @param work not on the event loop
   * @param show on the event loop
   */
  <T> void answer(RoutingContext context, Work<T> work, BiConsumer<RoutingContext, T> show) {
    vertx
        .executeBlocking(() -> work.answer(context), false)
        .onSuccess(value -> show.accept(context, value))
        .onFailure(context::fail);
  }
}
