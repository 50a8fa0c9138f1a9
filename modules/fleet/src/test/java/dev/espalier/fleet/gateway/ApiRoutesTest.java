package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.meter.OpenMetrics;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the routes of the gateway do, beyond what the document can say. */
class ApiRoutesTest {
  private static final String FILE =
      "{name: %s, data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 2},"
          + " seeds: [%d]}";

  @TempDir private static Path folder;
  private static Optional<ServedGateway> served = Optional.empty();

  @BeforeAll
  static void serve() throws InterruptedException {
    served = Optional.of(ServedGateway.start(folder));
  }

  @AfterAll
  static void close() {
    assertThat(gateway().troubles).isEmpty();
    gateway().close();
  }

  private static ServedGateway gateway() {
    return served.orElseThrow();
  }

  @Test
  void tasksComeInPartsThatTogetherAreAllOfThem() throws Exception {
    String whole = "/api/studies/" + gateway().study + "/tasks";
    List<String> ids = new ArrayList<>();
    Optional<String> next = Optional.of(whole + "?limit=3");
    while (next.isPresent()) {
      HttpResponse<String> part = gateway().get(next.get());
      assertThat(Contract.tree(part.body()).size()).isBetween(1, 3);
      ids.addAll(Contract.tree(part.body()).findValuesAsText("id"));
      next = next(part);
    }

    assertThat(ids).containsExactlyElementsOf(idsOf(ServedGateway.NODES));
    assertThat(Contract.tree(gateway().get(whole).body()).findValuesAsText("id")).isEqualTo(ids);
  }

  private static Optional<String> next(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("link")
        .map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"));
  }

  private static List<String> idsOf(List<Node> nodes) {
    return nodes.stream().map(node -> node.id().toString()).toList();
  }

  @Test
  void tasksAreFoundByStateAndKind() throws Exception {
    String tasks = "/api/studies/" + gateway().study + "/tasks";

    assertThat(ids(tasks + "?state=running")).containsExactly(idOf(1));
    assertThat(ids(tasks + "?state=failed&kind=" + kindOf(2))).containsExactly(idOf(2));
    assertThat(ids(tasks + "?state=failed&kind=cut")).isEmpty();
    assertThat(gateway().get(tasks + "?state=lost").body())
        .contains("/problems/invalid-parameter", "preempted", "got lost");
  }

  private static String idOf(int node) {
    return ServedGateway.NODES.get(node).id().toString();
  }

  private static String kindOf(int node) {
    return TaskKind.of(ServedGateway.NODES.get(node).task()).toString();
  }

  private static List<String> ids(String path) throws IOException, InterruptedException {
    return Contract.tree(gateway().get(path).body()).findValuesAsText("id");
  }

  @Test
  void studiesComeInPartsTheNewestFirst() throws Exception {
    List<String> submitted = new ArrayList<>();
    for (long seed = 100; seed < 105; seed++) {
      submitted.addFirst(submit("paged", seed));
    }
    List<String> listed = new ArrayList<>();
    Optional<String> next = Optional.of("/api/studies?limit=2&name=PAGED");
    while (next.isPresent()) {
      HttpResponse<String> part = gateway().get(next.get());
      listed.addAll(Contract.tree(part.body()).path("studies").findValuesAsText("id"));
      next = next(part);
    }

    assertThat(listed).isEqualTo(submitted);
    assertThat(ids("/api/studies?status=completed")).isEmpty();
    assertThat(ids("/api/studies?status=waiting")).contains(submitted.getFirst());
    assertThat(gateway().get("/api/studies?cursor=nonsense").statusCode()).isEqualTo(400);
  }

  private static String submit(String name, long seed) throws IOException, InterruptedException {
    HttpResponse<String> response = submit(FILE.formatted(name, seed), Optional.empty());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Contract.tree(response.body()).path("id").asText();
  }

  private static HttpResponse<String> submit(String file, Optional<String> key)
      throws IOException, InterruptedException {
    var request =
        gateway().request("POST", "/api/studies", file).header("content-type", "application/yaml");
    key.ifPresent(value -> request.header("idempotency-key", value));
    return gateway().send(request);
  }

  @Test
  void whatWasSubmittedIsThere() throws Exception {
    String study = submit("there", 200);

    assertThat(gateway().get("/api/studies/" + study).body()).contains("\"there\"");
  }

  @Test
  void aStudyIsPausedResumedAndCancelledHoweverOften() throws Exception {
    String study = "/api/studies/" + submit("wished", 300);

    assertThat(statuses(study, "pause", "pause", "resume", "resume", "cancel", "cancel", "resume"))
        .containsExactly(
            "paused", "paused", "waiting", "waiting", "cancelled", "cancelled", "waiting");
    assertThat(gateway().post("/api/studies/ffff/cancel").statusCode()).isEqualTo(404);
  }

  private static List<String> statuses(String study, String... wishes)
      throws IOException, InterruptedException {
    List<String> statuses = new ArrayList<>();
    for (String wish : wishes) {
      JsonNode line = Contract.tree(gateway().post(study + "/" + wish).body());
      statuses.add(line.path("status").asText());
    }
    return statuses;
  }

  @Test
  void aWishThatIsSoAlreadyIsNotWrittenAgain() throws Exception {
    String study = submit("quiet", 301);
    gateway().post("/api/studies/" + study + "/pause");
    StudyWished before = wished(study);
    gateway().post("/api/studies/" + study + "/pause");
    submit("later", 302);

    assertThat(before.wish()).isEqualTo(Wish.PAUSE);
    assertThat(wished(study)).isSameAs(before);
  }

  private static StudyWished wished(String study) {
    return Optional.ofNullable(
            gateway().fleet.board().standings().studies().get(StudyId.parse(study)))
        .orElseThrow();
  }

  @Test
  void aPageOfAnotherSiteChangesNothing() throws Exception {
    String request =
        "POST /api/studies/%s/cancel HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil\r\n\r\n"
            .formatted(gateway().study);

    assertThat(exchange(request)).contains("403", "/problems/foreign-page");
  }

  /** The first bytes of an answer to what no client of HTTP would send. */
  private static String exchange(String request) throws IOException {
    var address = gateway().address("/");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout((int) ServedGateway.LIMIT.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (!answer.toString().contains("\"instance\"")) {
        int next = in.read();
        assertThat(next).as(answer.toString()).isNotNegative();
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  @Test
  void whatIsNoRequestIsAProblemToo() throws Exception {
    assertThat(exchange("nonsense\r\n\r\n")).contains("400", "/problems/bad-request");
    assertThat(exchange("GET /api/studies/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 400 ", "/problems/");
    assertThat(exchange("GET /api/studies?limit=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 400 ", "/problems/");
  }

  @Test
  void theSameKeyWithTheSameBodyIsAnsweredTheSame() throws Exception {
    String file = FILE.formatted("keyed", 400);
    HttpResponse<String> first = submit(file, Optional.of("\"a key\""));
    HttpResponse<String> wrong = submit(file, Optional.of("x".repeat(201)));
    HttpResponse<String> bare = submit(file, Optional.of("key-400"));
    HttpResponse<String> again = submit(file, Optional.of("\"key-400\""));
    HttpResponse<String> other = submit(FILE.formatted("keyed", 401), Optional.of("key-400"));

    assertThat(first.statusCode()).isEqualTo(400);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(bare.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(bare.body());
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("/problems/idempotency-key-reused");
    assertThat(submit(file, Optional.empty()).statusCode()).isEqualTo(200);
  }

  @Test
  void aTaskIsShownWithWhatItNeedsAndHowItEnded() throws Exception {
    JsonNode works = task(1);
    JsonNode failed = task(2);

    assertThat(works.path("line").path("state").asText()).isEqualTo("running");
    assertThat(works.path("checkpoint").asText())
        .isEqualTo(Samples.digest("checkpoint").toString());
    assertThat(works.path("studies").get(0).asText()).isEqualTo(gateway().study.toString());
    assertThat(failed.at("/outcome/outcome/failure/message").asText()).contains("NaN");
    Node child =
        ServedGateway.NODES.stream()
            .filter(node -> !node.task().parents().isEmpty())
            .findFirst()
            .orElseThrow();
    JsonNode shown = Contract.tree(gateway().get("/api/tasks/" + child.id()).body());
    assertThat(shown.path("parents").findValuesAsText("id"))
        .containsExactlyElementsOf(child.task().parents().stream().map(Object::toString).toList());
  }

  private static JsonNode task(int node) throws IOException, InterruptedException {
    return Contract.tree(gateway().get("/api/tasks/" + idOf(node)).body());
  }

  @Test
  void aTaskIsFoundByAsManyDigitsAsNoOtherHas() throws Exception {
    Study many = Samples.study(2, 1L, 2L, 3L, 4L, 5L);
    gateway().fleet.submissions().orElseThrow().submit("many", many);
    List<String> ids = idsOf(TaskGraph.of(many, Samples.NAMING).nodes());
    char shared = ids.getFirst().charAt("sha256:".length());
    gateway().await(view -> view.standings().studies().containsKey(Samples.NAMING.nameOf(many)));

    HttpResponse<String> brief = gateway().get("/api/tasks/" + idOf(1).substring(7, 30));
    HttpResponse<String> ambiguous = gateway().get("/api/tasks/" + shared);

    assertThat(brief.body()).contains(idOf(1));
    assertThat(ids.stream().filter(id -> id.startsWith("sha256:" + shared))).hasSizeGreaterThan(1);
    assertThat(ambiguous.statusCode()).isEqualTo(400);
    assertThat(Contract.tree(ambiguous.body()).path("candidates"))
        .isNotEmpty()
        .allMatch(each -> each.asText().startsWith("sha256:" + shared));
  }

  @Test
  void theFleetIsShownByWorkersAndBacklog() throws Exception {
    JsonNode fleet = Contract.tree(gateway().get("/api/fleet").body());

    assertThat(fleet.path("workers").findValuesAsText("worker")).containsExactly("host-1-a");
    assertThat(fleet.at("/workers/0/slots/0/slot").asText()).isEqualTo("host-1-a/1");
    assertThat(fleet.path("imagesPerSecond").asDouble()).isEqualTo(100);
    assertThat(fleet.path("backlog").findValues("waiting").stream().mapToInt(JsonNode::asInt).sum())
        .isEqualTo(1);
  }

  @Test
  void answersAreCompressedForWhoAsksAndStreamsFlowAtOnce() throws Exception {
    var list = gateway().request("GET", "/api/studies", "").header("accept-encoding", "gzip");
    HttpResponse<byte[]> packed = gateway().http().send(list.build(), BodyHandlers.ofByteArray());
    var events = gateway().request("GET", "/api/events", "").header("accept-encoding", "gzip");
    HttpResponse<InputStream> stream =
        gateway().http().send(events.build(), BodyHandlers.ofInputStream());

    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).contains("\"studies\"");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("retry: 1000");
    }
  }

  @Test
  void metersAreOpenMetricsForWhoAcceptsThat() throws Exception {
    HttpResponse<String> open =
        gateway()
            .send(
                gateway()
                    .request("GET", "/metrics", "")
                    .header("accept", "application/openmetrics-text;version=1.0.0,text/plain"));

    assertThat(open.headers().firstValue("content-type").orElse(""))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(OpenMetrics.check(open.body()))
        .containsEntry("espalier_events", "counter")
        .containsEntry("espalier_stream_readers", "gauge");
    assertThat(gateway().get("/metrics").headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void anUrgentStudyIsKnownAsOne() throws Exception {
    String file = FILE.formatted("urgent", 991);
    HttpResponse<String> submitted =
        gateway()
            .send(
                gateway()
                    .request("POST", "/api/studies?priority=urgent", file)
                    .header("content-type", "application/yaml"));
    String id = Contract.tree(submitted.body()).path("id").asText();

    assertThat(submitted.statusCode()).isEqualTo(201);
    assertThat(
            Contract.tree(gateway().get("/api/studies/" + id).body()).at("/line/priority").asText())
        .isEqualTo("urgent");
  }
}
