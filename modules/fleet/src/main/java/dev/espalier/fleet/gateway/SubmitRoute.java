package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.NamedStudy;
import dev.espalier.wire.StudyFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code POST /api/studies}: takes a study in YAML or JSON. Its name is the digest of its content,
 * so submitting one again answers with the same name; an {@code Idempotency-Key} has it answered
 * with the same status too, and written once.
 */
final class SubmitRoute {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int MOST_KEYS = 10_000;
  private static final Duration KEPT = Duration.ofHours(24);

  private final Vertx vertx;
  private final Board board;
  private final Submissions submissions;
  private final IdempotencyKeys<Submitted> keys =
      new IdempotencyKeys<>(InstantSource.system(), MOST_KEYS, KEPT);

  SubmitRoute(Vertx vertx, Board board, Submissions submissions) {
    this.vertx = vertx;
    this.board = board;
    this.submissions = submissions;
  }

  void mount(Router router) {
    router
        .post("/api/studies")
        .handler(Bodies.study())
        .handler(Bodies::refuseForeign)
        .handler(Bodies::checkType)
        .handler(this::submit);
  }

  private void submit(RoutingContext context) {
    String text = Optional.ofNullable(context.body().asString()).orElse("");
    Optional<Priority> priority = new Query(context).choice("priority", Priority.values());
    Optional<String> key =
        Optional.ofNullable(context.request().getHeader("idempotency-key"))
            .map(IdempotencyKeys::parse);
    Digest asked = Digest.of((priority + text).getBytes(StandardCharsets.UTF_8));
    key.map(known -> keys.once(known, asked, () -> submit(text, priority)))
        .orElseGet(() -> submit(text, priority))
        .onSuccess(submitted -> answer(context, submitted))
        .onFailure(context::fail);
  }

  /** A study, and whether nobody had submitted it before. */
  private record Submitted(StudyId study, boolean fresh) {}

  /** Pinning may read or generate a data set, so none of this is done on the event loop. */
  private Future<Submitted> submit(String text, Optional<Priority> priority) {
    return vertx.executeBlocking(() -> written(text, priority), false);
  }

  private Submitted written(String text, Optional<Priority> priority) throws InterruptedException {
    NamedStudy named = parse(text);
    Study pinned = pinned(named.study());
    StudyId study = submissions.nameOf(pinned, Optional.empty());
    boolean fresh = !board.standings().studies().containsKey(study);
    StudyWished word =
        submissions.run(named.name(), pinned, named.budget(), priority, Optional.empty());
    Echo.of(board, word);
    return new Submitted(word.study(), fresh);
  }

  private static NamedStudy parse(String text) {
    try {
      return StudyFile.parse(text, "request body");
    } catch (InvalidStudyException e) {
      throw new Problem(ProblemType.NOT_A_STUDY, String.valueOf(e.getMessage())).refusal();
    }
  }

  private Study pinned(Study study) {
    try {
      return submissions.pinned(study);
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemType.DATA_MISSING, String.valueOf(e.getMessage())).refusal();
    }
  }

  private static void answer(RoutingContext context, Submitted submitted) {
    String address = "/api/studies/" + submitted.study().digest().hex();
    context.response().putHeader("location", address);
    Buffer body = new JsonObject().put("id", submitted.study().toString()).toBuffer();
    Answer.json(context, submitted.fresh() ? CREATED : OK, body);
  }
}
