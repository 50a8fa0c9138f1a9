package dev.espalier.fleet.gateway;

import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.NamedStudy;
import dev.espalier.wire.StudyFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /api/studies}: takes a study in YAML or JSON. Its name is the digest of its content,
 * so submitting one again answers with the same name.
 */
final class SubmitRoute {
  private static final int LARGEST_STUDY = 256 * 1024;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int UNSUPPORTED = 415;

  /** None that a page of another site could send without being asked first. */
  private static final Set<String> TYPES =
      Set.of("application/json", "application/yaml", "application/x-yaml");

  private final Vertx vertx;
  private final Board board;
  private final Submissions submissions;

  SubmitRoute(Vertx vertx, Board board, Submissions submissions) {
    this.vertx = vertx;
    this.board = board;
    this.submissions = submissions;
  }

  void mount(Router router) {
    router
        .post("/api/studies")
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_STUDY))
        .handler(SubmitRoute::checkType)
        .handler(this::submit);
  }

  private static void checkType(RoutingContext context) {
    String type = Optional.ofNullable(context.request().getHeader("content-type")).orElse("none");
    if (TYPES.contains(type.split(";", 2)[0].strip())) {
      context.next();
    } else {
      new Problem(
              UNSUPPORTED,
              "Unsupported media type",
              "expected application/yaml or application/json, got " + type)
          .answer(context);
    }
  }

  /** Pinning may read or generate a data set, so none of this is done on the event loop. */
  private void submit(RoutingContext context) {
    String text = Optional.ofNullable(context.body().asString()).orElse("");
    vertx
        .executeBlocking(() -> submit(text), false)
        .onSuccess(submitted -> answer(context, submitted))
        .onFailure(reason -> refuse(context, reason));
  }

  /** A study, and whether nobody had submitted it before. */
  private record Submitted(StudyId study, boolean fresh) {}

  private Submitted submit(String text) {
    NamedStudy named = StudyFile.parse(text, "request body");
    Study pinned = submissions.pinned(named.study());
    StudyId study = submissions.nameOf(pinned);
    boolean fresh = !board.standings().studies().containsKey(study);
    return new Submitted(submissions.submit(named.name(), pinned, named.budget()), fresh);
  }

  private static void answer(RoutingContext context, Submitted submitted) {
    String address = "/api/studies/" + submitted.study().digest().hex();
    context.response().putHeader("location", address);
    Buffer body = new JsonObject().put("id", submitted.study().toString()).toBuffer();
    Answer.json(context, submitted.fresh() ? CREATED : OK, body);
  }

  private static void refuse(RoutingContext context, Throwable reason) {
    switch (reason) {
      case InvalidStudyException invalid ->
          Problem.badRequest("Not a study", String.valueOf(invalid.getMessage())).answer(context);
      case IllegalArgumentException unpinned ->
          Problem.badRequest("Data are not here", String.valueOf(unpinned.getMessage()))
              .answer(context);
      default -> context.fail(reason);
    }
  }
}
