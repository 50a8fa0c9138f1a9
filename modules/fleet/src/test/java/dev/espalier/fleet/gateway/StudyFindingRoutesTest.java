package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.aggregator.Boards;
import dev.espalier.fleet.view.Views;
import dev.espalier.store.FileArtifacts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudyFindingRoutesTest {
  private static final int STEPS = 20_000;
  private static final int SPIKE = 7_777;

  private final FoundStudy first = new FoundStudy(Samples.study(2, 1L, 2L), _ -> true);
  private final FoundStudy second = new FoundStudy(Samples.study(3, 9L), _ -> true);
  private final TaskId longest = first.prunings.getFirst();
  private Doors doors;

  @BeforeAll
  void open(@TempDir Path folder) throws TimeoutException {
    List<Event> events = new ArrayList<>(first.events);
    events.addAll(second.events);
    for (int step = 1; step <= STEPS; step++) {
      events.add(sample(step));
    }
    Board board = Boards.of(events);
    Views views = new Views(Samples.NAMING, 1);
    FileArtifacts store = FileArtifacts.in(folder);
    doors =
        new Doors((vertx, router) -> new FindingRoutes(vertx, board, views, store).mount(router));
  }

  private MetricSampled sample(int step) {
    double loss = step == SPIKE ? 1e6 : step == STEPS - 1 ? Double.NaN : 1.0 / step;
    return new MetricSampled(
        Samples.at(1),
        first.id,
        longest,
        1,
        step,
        Map.of("train_loss", loss, "learning_rate", 0.1));
  }

  @AfterAll
  void close() throws TimeoutException {
    doors.close();
  }

  @Test
  void aLongSeriesIsShortenedAndKeepsItsEndsAndItsSpike() throws Exception {
    String path = "/api/tasks/" + longest.digest().brief() + "/metrics";
    HttpResponse<byte[]> response = doors.get(path);
    JsonNode loss = series(Doors.json(response), "train_loss");

    assertThat(response.body()).hasSizeLessThan(100_000);
    assertThat(loss.get("samples").asInt()).isEqualTo(STEPS);
    assertThat(loss.get("notFinite").asInt()).isEqualTo(1);
    assertThat(loss.get("steps")).hasSizeLessThanOrEqualTo(500).hasSizeGreaterThan(400);
    assertThat(loss.get("values")).hasSameSizeAs(loss.get("steps"));
    assertThat(loss.get("steps").get(0).asInt()).isEqualTo(1);
    assertThat(loss.get("steps").get(loss.get("steps").size() - 1).asInt()).isEqualTo(STEPS);
    assertThat(loss.get("values").toString()).contains("1000000.0");
    assertThat(series(doors.json(path + "?points=50"), "train_loss").get("steps"))
        .hasSizeLessThanOrEqualTo(50);
  }

  private static JsonNode series(JsonNode task, String metric) {
    for (JsonNode series : task.get("series")) {
      if (series.get("metric").asText().equals(metric)) {
        return series;
      }
    }
    throw new AssertionError("expected " + metric + " in " + task);
  }

  @Test
  void theSeriesOfAStudyAreGoneThroughTaskByTask() throws Exception {
    Set<String> tasks = new HashSet<>();
    Optional<String> next =
        Optional.of("/api/studies/%s/metrics?limit=4&points=10".formatted(first.id));
    while (next.isPresent()) {
      HttpResponse<byte[]> page = doors.get(next.get());
      for (JsonNode task : Doors.json(page)) {
        assertThat(tasks.add(task.get("task").asText())).isTrue();
        assertThat(task.get("title").asText()).isNotEmpty();
        task.get("series").forEach(any -> assertThat(any.get("steps")).hasSizeBetween(1, 10));
      }
      next = Doors.next(page);
    }

    assertThat(tasks)
        .hasSize((int) first.events.stream().filter(MetricSampled.class::isInstance).count());
  }

  @Test
  void studiesStandSideBySideWithMeanAndErrorOfEveryArm() throws Exception {
    JsonNode studies =
        doors.json(
            "/api/compare/studies?studies=%s,%s,%s".formatted(second.id, first.id, second.id));

    assertThat(studies.findValuesAsText("id"))
        .containsExactly(second.id.toString(), first.id.toString());
    JsonNode alone = studies.get(0).get("curves");
    JsonNode two = studies.get(1).get("curves");
    assertThat(two.findValuesAsText("arm")).contains("labels/ticket", "rotation/trained", "random");
    assertThat(alone.get(0).get("points").get(0).has("standardError")).isFalse();
    assertThat(two.get(0).get("points").get(0).get("standardError").asDouble()).isPositive();
    assertThat(two.get(0).get("points").get(0).get("density").asDouble()).isEqualTo(1);
  }

  @Test
  void theReportOfAStudyIsThatOfItsFile() throws Exception {
    JsonNode report = doors.json("/api/studies/" + first.id + "/report");

    assertThat(report.get("study").asText()).isEqualTo(first.id.toString());
    assertThat(report.get("name").asText()).isEqualTo("found");
    assertThat(report.get("masks")).hasSize(first.prunings.size());
    assertThat(report.get("overlaps")).isNotEmpty();
    assertThat(report.get("arms").findValuesAsText("arm")).contains("labels/ticket");
  }

  @Test
  void studiesBeyondTheMostAreRefused() throws Exception {
    String many = (first.id + ",").repeat(20) + first.id;

    HttpResponse<byte[]> refused = doors.get("/api/compare/studies?studies=" + many);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("expected at most 20 studies, got 21");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics?points=3",
        "/metrics?points=5001",
        "/metrics?points=many",
        "/metrics?limit=101",
        "/metrics?limit=100&points=501",
        "/metrics?cursor=nonsense"
      })
  void badInputIsRefusedWithWhatWasExpected(String path) throws Exception {
    HttpResponse<byte[]> refused = doors.get("/api/studies/" + first.id + path);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/studies/000000000000000000/metrics",
        "/api/studies/000000000000000000/report",
        "/api/tasks/000000000000000000/metrics",
        "/api/compare/studies?studies=,"
      })
  void whatNobodyKnowsIsNotFound(String path) throws Exception {
    assertThat(doors.get(path).statusCode()).isEqualTo(404);
  }
}
