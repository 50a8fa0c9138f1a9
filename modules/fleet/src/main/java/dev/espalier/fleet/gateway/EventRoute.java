package dev.espalier.fleet.gateway;

import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.fleet.meter.Meters;
import dev.espalier.kafka.EventInbox;
import dev.espalier.wire.ForeignEvents;
import dev.espalier.wire.Json;
import dev.espalier.wire.UnreadableEventException;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /events}: takes events onto the log as they come, and says where what they did will
 * be found. What is no event is kept too, and refused.
 */
final class EventRoute {
  private static final int ACCEPTED = 202;

  private final Vertx vertx;
  private final Optional<Heeded> heeded;
  private final MeterRegistry registry;

  /**
   * The route.
   *
   * @param heeded absent where no triggers were given: nobody would look at the events
   */
  EventRoute(Vertx vertx, Optional<Heeded> heeded, MeterRegistry registry) {
    this.vertx = vertx;
    this.heeded = heeded;
    this.registry = registry;
  }

  /**
   * What became of an event.
   *
   * @param source its source
   * @param id its id
   * @param decision where what it did will be found
   */
  record Taken(String source, String id, String decision) {
    static Taken of(CloudEvent event) {
      ForeignEvent told = ForeignEvents.of(event);
      return new Taken(told.source(), told.id(), "/api/triggers/decisions/" + told.key().hex());
    }
  }

  void mount(Router router) {
    router
        .post("/events")
        .handler(Bodies.event())
        .handler(Bodies::refuseForeign)
        .handler(this::take);
  }

  private void take(RoutingContext context) {
    EventInbox inbox = TriggerRoutes.given(heeded).inbox();
    EventMessage message = EventMessage.of(context);
    try {
      take(context, inbox, message.events());
    } catch (UnreadableEventException e) {
      refuse(context, inbox, message, e);
    }
  }

  private void take(RoutingContext context, EventInbox inbox, List<CloudEvent> events) {
    written(() -> events.stream().map(inbox::write).toList(), events.size(), true)
        .onSuccess(_ -> answer(context, events.stream().map(Taken::of).toList()))
        .onFailure(context::fail);
  }

  private void refuse(
      RoutingContext context,
      EventInbox inbox,
      EventMessage message,
      UnreadableEventException reason) {
    Problem problem = new Problem(ProblemType.NOT_AN_EVENT, String.valueOf(reason.getMessage()));
    written(() -> List.of(inbox.write(message.kept(), message.body())), 1, false)
        .onSuccess(_ -> problem.answer(context))
        .onFailure(context::fail);
  }

  /** To begin to write may wait, so that is not done on the event loop. */
  private Future<?> written(
      Callable<List<CompletionStage<Void>>> writing, int events, boolean wellFormed) {
    return vertx
        .executeBlocking(writing, false)
        .compose(begun -> Future.all(begun.stream().map(Future::fromCompletionStage).toList()))
        .onSuccess(_ -> Meters.POSTED_EVENTS.counter(registry, wellFormed).increment(events));
  }

  private static void answer(RoutingContext context, List<Taken> taken) {
    if (taken.size() == 1) {
      context.response().putHeader("location", taken.getFirst().decision());
    }
    Answer.json(context, ACCEPTED, Buffer.buffer(Json.write(taken)));
  }
}
