package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.view.Metrics;
import dev.espalier.fleet.view.Slice;
import dev.espalier.fleet.view.StudyCurves;
import dev.espalier.fleet.view.TaskSeries;
import dev.espalier.fleet.view.Window;
import dev.espalier.wire.report.Findings;
import dev.espalier.wire.report.ReportJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What studies found: the curves of several side by side, what their tasks measured while they ran,
 * and a study's report.
 */
final class StudyFindingRoutes {
  private static final int OK = 200;
  private static final int MOST_STUDIES = 20;
  private static final int USUAL_POINTS = 500;
  private static final int MOST_POINTS = 5_000;
  private static final int USUAL_TASKS = 20;
  private static final int MOST_TASKS = 100;
  private static final int MOST_POINTS_OF_TASKS = 50_000;

  private final Aside aside;
  private final Supplier<Found> found;
  private final Awaited whole;

  /** What is found once everything has been read that stood on the log as the gateway began. */
  @FunctionalInterface
  interface Awaited {
    /** Waits for it. */
    Found get() throws InterruptedException;
  }

  /**
   * Routes to what is found.
   *
   * @param whole what samples are taken from: they are read last, and a part of them would be taken
   *     for all
   */
  StudyFindingRoutes(Aside aside, Supplier<Found> found, Awaited whole) {
    this.aside = aside;
    this.found = found;
    this.whole = whole;
  }

  void mount(Router router) {
    router.get("/api/compare/studies").handler(context -> aside.answer(context, this::compare));
    router.get("/api/tasks/:task/metrics").handler(context -> aside.answer(context, this::ofTask));
    router
        .get("/api/studies/:study/metrics")
        .handler(context -> aside.answer(context, this::ofStudy, Query::answer));
    router
        .get("/api/studies/:study/report")
        .handler(
            context ->
                aside.answer(context, this::report, (asked, json) -> Answer.json(asked, OK, json)));
  }

  private List<StudyCurves> compare(RoutingContext context) {
    Found now = found.get();
    String[] names = new Query(context).required("studies").split(",", -1);
    if (names.length > MOST_STUDIES) {
      throw Problem.invalidParameter(
              "expected at most %d studies, got %d".formatted(MOST_STUDIES, names.length))
          .refusal();
    }
    return Arrays.stream(names)
        .map(now::study)
        .distinct()
        .flatMap(wished -> now.views().curves(wished.study(), now.standings()).stream())
        .toList();
  }

  private TaskSeries ofTask(RoutingContext context) throws InterruptedException {
    Found now = whole.get();
    return new Metrics(now.views(), now.standings())
        .of(now.task(context.pathParam("task")), points(new Query(context)));
  }

  private static int points(Query query) {
    return query.number("points", Metrics.LEAST_POINTS, MOST_POINTS, USUAL_POINTS);
  }

  private Slice<TaskSeries> ofStudy(RoutingContext context) throws InterruptedException {
    Found now = whole.get();
    StudyId study = now.study(context.pathParam("study")).study();
    Query query = new Query(context);
    int points = points(query);
    int limit = query.number("limit", 1, MOST_TASKS, USUAL_TASKS);
    if (points * limit > MOST_POINTS_OF_TASKS) {
      throw Problem.invalidParameter(
              "expected points × limit of at most %d, got %d × %d"
                  .formatted(MOST_POINTS_OF_TASKS, points, limit))
          .refusal();
    }
    Metrics metrics = new Metrics(now.views(), now.standings());
    return query.slice(window -> metrics.of(study, new Window(window.after(), limit), points));
  }

  private Buffer report(RoutingContext context) {
    Found now = found.get();
    StudyWished wished = now.study(context.pathParam("study"));
    Report report = now.views().report(wished.study(), now.standings()).orElseThrow();
    return Buffer.buffer(ReportJson.of(Findings.of(report, wished.name(), now::bits)));
  }
}
