package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.fleet.trigger.Consequence;
import dev.espalier.fleet.trigger.Incoming;
import dev.espalier.wire.ForeignEvents;
import dev.espalier.wire.ObjectNotification;
import dev.espalier.wire.TriggersFile;
import dev.espalier.wire.TriggersFile.Format;
import dev.espalier.wire.UnreadableEventException;
import io.cloudevents.CloudEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/triggers/dry-run}: says what events would do, and does nothing. */
final class DryRunRoute {
  private final Aside aside;
  private final Optional<Heeded> heeded;
  private final Submissions submissions;

  /**
   * The route.
   *
   * @param heeded absent where no triggers were given
   */
  DryRunRoute(Vertx vertx, Optional<Heeded> heeded, Submissions submissions) {
    this.aside = new Aside(vertx);
    this.heeded = heeded;
    this.submissions = submissions;
  }

  /**
   * What an event would do.
   *
   * @param event which
   * @param key the digest of its name
   * @param decided whether it came before, so that it does nothing any more
   * @param effect what it does otherwise
   * @param tasks how many tasks the study has that it starts; absent where it starts none
   * @param study that study; absent where it starts none
   */
  record DryRun(
      ForeignEvent event,
      Digest key,
      boolean decided,
      Effect effect,
      Optional<Integer> tasks,
      Optional<Study> study) {}

  void mount(Router router) {
    router
        .post("/api/triggers/dry-run")
        .handler(Bodies.event())
        .handler(Bodies::refuseForeign)
        .handler(context -> aside.answer(context, this::dryRuns));
  }

  private List<DryRun> dryRuns(RoutingContext context) {
    Heeded given = TriggerRoutes.given(heeded);
    String topic = new Query(context).text("topic").orElse(TriggersFile.POSTED);
    if (!topic.equals(TriggersFile.POSTED) && !given.triggers().topics().containsKey(topic)) {
      throw Problem.invalidParameter(
              "expected %s or one of %s as topic, got %s"
                  .formatted(TriggersFile.POSTED, given.triggers().topics().keySet(), topic))
          .refusal();
    }
    return events(context, given, topic).stream()
        .map(event -> dryRun(new Incoming(event, topic), given))
        .toList();
  }

  private static List<CloudEvent> events(RoutingContext context, Heeded given, String topic) {
    EventMessage message = EventMessage.of(context);
    try {
      return given.triggers().topics().get(topic) == Format.S3
          ? ObjectNotification.events(message.body())
          : message.events();
    } catch (UnreadableEventException e) {
      throw new Problem(ProblemType.NOT_AN_EVENT, String.valueOf(e.getMessage())).refusal();
    }
  }

  private DryRun dryRun(Incoming incoming, Heeded given) {
    ForeignEvent event = ForeignEvents.of(incoming.event());
    Consequence consequence = Consequence.of(given.triggers().plan(incoming), submissions::word);
    Optional<Study> study = consequence.wish().map(StudyWished::content);
    return new DryRun(
        event,
        event.key(),
        given.decisions().isDecided(event.key()),
        consequence.effect(),
        study.map(submissions::tasksOf),
        study);
  }
}
