package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.domain.trigger.Content;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.fleet.trigger.TriggerLine;
import dev.espalier.fleet.view.Slice;
import dev.espalier.fleet.view.Window;
import dev.espalier.kafka.Decisions;
import dev.espalier.kafka.NumberedDecision;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code /api/triggers}: which there are, and what events did. */
final class TriggerRoutes {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Aside aside;
  private final Optional<Heeded> heeded;

  /**
   * The routes.
   *
   * @param heeded absent where no triggers were given
   */
  TriggerRoutes(Vertx vertx, Optional<Heeded> heeded) {
    this.aside = new Aside(vertx);
    this.heeded = heeded;
  }

  /** The triggers of a gateway; a refusal where it was given none. */
  static Heeded given(Optional<Heeded> heeded) {
    return heeded.orElseThrow(
        () ->
            new Problem(
                    ProblemType.NO_TRIGGERS,
                    "expected a gateway with --triggers FILE, got one without")
                .refusal());
  }

  /**
   * A decision in a line; what came is shown one by one.
   *
   * @param number its place among them
   */
  record DecisionLine(
      long number,
      Instant at,
      Digest key,
      Optional<ForeignEvent> event,
      String from,
      Effect effect,
      Optional<Content> content) {
    static DecisionLine whole(NumberedDecision numbered) {
      Decision decision = numbered.decision();
      return new DecisionLine(
          numbered.number(),
          decision.at(),
          decision.key(),
          decision.event(),
          decision.from(),
          decision.effect(),
          decision.content());
    }

    static DecisionLine brief(NumberedDecision numbered) {
      DecisionLine whole = whole(numbered);
      return new DecisionLine(
          whole.number,
          whole.at,
          whole.key,
          whole.event,
          whole.from,
          whole.effect,
          Optional.empty());
    }
  }

  void mount(Router router) {
    router.get("/api/triggers").handler(context -> aside.answer(context, _ -> triggers()));
    router
        .get("/api/triggers/decisions")
        .handler(context -> aside.answer(context, this::decisions, Query::answer));
    router
        .get("/api/triggers/decisions/:event")
        .handler(context -> aside.answer(context, this::decision));
  }

  private List<TriggerLine> triggers() {
    return given(heeded).triggers().lines(Clock.systemUTC().instant());
  }

  private Slice<DecisionLine> decisions(RoutingContext context) {
    Query query = new Query(context);
    Optional<Effect.Kind> kind = query.choice("effect", Effect.Kind.values());
    Optional<String> trigger = query.text("trigger");
    Predicate<Decision> wanted =
        decision ->
            kind.filter(any -> any != decision.effect().kind()).isEmpty()
                && trigger.filter(name -> !isBy(name, decision.effect())).isEmpty();
    return query.slice(window -> part(window, wanted));
  }

  private static boolean isBy(String trigger, Effect effect) {
    return switch (effect) {
      case Effect.Started started -> started.trigger().equals(trigger);
      case Effect.Refused refused -> refused.trigger().equals(trigger);
      case Effect.Unmatched _, Effect.Malformed _ -> false;
    };
  }

  private Slice<DecisionLine> part(Window window, Predicate<Decision> wanted) {
    long before = window.after().map(Query::place).orElse(Long.MAX_VALUE);
    return Slice.of(
        given(heeded).decisions().before(before, window.limit() + 1, wanted).stream()
            .map(DecisionLine::brief),
        window.limit(),
        line -> String.valueOf(line.number()));
  }

  private DecisionLine decision(RoutingContext context) {
    String name = context.pathParam("event");
    return named(name, given(heeded).decisions())
        .map(DecisionLine::whole)
        .orElseThrow(
            () ->
                Problem.notFound(
                        "expected the key of an event that is decided, or a decision's number, got %s; one that came only now is soon"
                            .formatted(name))
                    .refusal());
  }

  private static Optional<NumberedDecision> named(String name, Decisions decisions) {
    if (NUMBER.matcher(name).matches()) {
      return decisions.at(Long.parseLong(name));
    }
    try {
      return decisions.find(name.startsWith("sha256:") ? Digest.parse(name) : new Digest(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
