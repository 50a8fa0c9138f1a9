package dev.espalier.fleet.gateway;

import dev.espalier.fleet.view.Slice;
import dev.espalier.fleet.view.Window;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.DeadLetter;
import dev.espalier.kafka.DeadLetterBox;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/** {@code /api/dead-letters}: what nobody could read, tasks that were given up, and what to do. */
final class DeadLetterRoutes {
  private final Aside aside;
  private final Connection connection;
  private final Clock clock;

  /**
   * Routes to the dead letters on {@code connection}.
   *
   * @param clock what wishes are dated by
   */
  DeadLetterRoutes(Vertx vertx, Connection connection, Clock clock) {
    this.aside = new Aside(vertx);
    this.connection = connection;
    this.clock = clock;
  }

  /**
   * A letter and what is in it.
   *
   * @param content what came, as Base64; of what was too large its beginning
   */
  record Opened(DeadLetter letter, String content) {}

  /**
   * What became of a request.
   *
   * @param settled how many letters are settled by it
   */
  record Settled(int settled) {}

  void mount(Router router) {
    router
        .get("/api/dead-letters")
        .handler(context -> aside.answer(context, this::list, Query::answer));
    router
        .get("/api/dead-letters/:letter")
        .handler(context -> aside.answer(context, asked -> in(box -> open(asked, box))));
    settle(router, "requeue", DeadLetterBox::requeue);
    settle(
        router,
        "drop",
        (box, number) -> {
          box.drop(number);
          return 1;
        });
  }

  /** What settles a letter, and says how many are. */
  private interface Settling {
    int settle(DeadLetterBox box, long number);
  }

  private void settle(Router router, String word, Settling settling) {
    router
        .post("/api/dead-letters/:letter/" + word)
        .handler(Bodies.none())
        .handler(Bodies::refuseForeign)
        .handler(
            context -> aside.answer(context, asked -> in(box -> settled(asked, box, settling))));
  }

  private static Settled settled(RoutingContext context, DeadLetterBox box, Settling settling) {
    long number = find(context, box).number();
    try {
      return new Settled(settling.settle(box, number));
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemType.NOT_TO_BE_SETTLED, String.valueOf(e.getMessage())).refusal();
    }
  }

  private interface Looking<T> {
    T look(DeadLetterBox box);
  }

  private <T> T in(Looking<T> looking) {
    try (DeadLetterBox box = DeadLetterBox.open(connection, clock)) {
      return looking.look(box);
    }
  }

  private Slice<DeadLetter> list(RoutingContext context) {
    List<DeadLetter> letters = in(DeadLetterBox::letters);
    return new Query(context).slice(window -> part(letters, window));
  }

  private static Slice<DeadLetter> part(List<DeadLetter> letters, Window window) {
    long after = window.after().map(Query::place).orElse(-1L);
    return Slice.of(
        letters.stream().filter(letter -> letter.number() > after),
        window.limit(),
        letter -> String.valueOf(letter.number()));
  }

  private static Opened open(RoutingContext context, DeadLetterBox box) {
    DeadLetter letter = find(context, box);
    return new Opened(letter, Base64.getEncoder().encodeToString(box.content(letter.number())));
  }

  private static DeadLetter find(RoutingContext context, DeadLetterBox box) {
    String name = context.pathParam("letter");
    return box.letters().stream()
        .filter(letter -> String.valueOf(letter.number()).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                        "expected the number of a dead letter that is not settled, got " + name)
                    .refusal());
  }
}
