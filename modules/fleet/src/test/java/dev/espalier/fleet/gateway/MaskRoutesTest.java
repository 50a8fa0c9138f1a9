package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.Overlap;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.aggregator.Boards;
import dev.espalier.fleet.view.Views;
import dev.espalier.store.FileArtifacts;
import dev.espalier.wire.MaskFile;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskRoutesTest {
  private static final Mask STRANGE =
      Mask.of(List.of(TensorMask.dense("conv1.weight", List.of(4, 4))));

  private final FoundStudy first =
      new FoundStudy(Samples.study(2, 1L, 2L), prune -> prune.round() > 0);
  private final FoundStudy second = new FoundStudy(Samples.study(3, 9L), _ -> true);
  private Doors doors;

  @BeforeAll
  void open(@TempDir Path folder) throws TimeoutException {
    FileArtifacts store = FileArtifacts.in(folder);
    first.masks.values().forEach(mask -> store.put(mask.canonicalBytes()));
    List<Event> events = new ArrayList<>(first.events);
    events.addAll(second.events);
    events.add(strange());
    Board board = Boards.of(events);
    Views views = new Views(Samples.NAMING, 1);
    doors =
        new Doors((vertx, router) -> new FindingRoutes(vertx, board, views, store).mount(router));
  }

  /** A mask of another network, of a task that no study has, whose bits are nowhere. */
  private static MaskPublished strange() {
    TaskId task = new TaskId(Samples.digest("strange"));
    return new MaskPublished(
        Samples.START,
        Samples.NAMING.nameOf(Samples.study(1, 5L)),
        task,
        Objective.LABELS,
        0,
        5,
        STRANGE.summary(Optional.empty()),
        Optional.of(STRANGE));
  }

  @AfterAll
  void close() throws TimeoutException {
    doors.close();
  }

  @Test
  void everyMaskOfAStudyIsListedOnceInTheOrderOfItsGraph() throws Exception {
    List<String> tasks = new ArrayList<>();
    Optional<String> next = Optional.of("/api/masks?limit=3&study=" + first.id.digest().brief());
    while (next.isPresent()) {
      HttpResponse<byte[]> page = doors.get(next.get());
      assertThat(Doors.json(page)).hasSizeBetween(1, 3);
      Doors.json(page).forEach(line -> tasks.add(line.get("task").asText()));
      next = Doors.next(page);
    }

    assertThat(tasks).isEqualTo(first.prunings.stream().map(TaskId::toString).toList());
  }

  @Test
  void theListOfAllStudiesIsGoneThroughPageByPage() throws Exception {
    Set<String> tasks = new HashSet<>();
    Optional<String> next = Optional.of("/api/masks?limit=5");
    while (next.isPresent()) {
      HttpResponse<byte[]> page = doors.get(next.get());
      Doors.json(page).forEach(line -> assertThat(tasks.add(line.get("task").asText())).isTrue());
      next = Doors.next(page);
    }

    assertThat(tasks).hasSize(first.prunings.size() + second.prunings.size());
  }

  @Test
  void aLineSaysWhatAMaskIsAndWhereItIsFrom() throws Exception {
    JsonNode line = doors.json("/api/masks?study=" + first.id).get(0);

    Mask mask = first.mask(0);
    assertThat(line.get("digest").asText()).isEqualTo(mask.digest().toString());
    assertThat(line.get("study").asText()).isEqualTo(first.id.toString());
    assertThat(line.get("arm").asText()).isEqualTo("labels/trained");
    assertThat(line.get("objective").asText()).isEqualTo("labels");
    assertThat(line.get("seed").asLong()).isEqualTo(1);
    assertThat(line.get("level").asInt()).isEqualTo(1);
    assertThat(line.get("density").asDouble()).isEqualTo(mask.summary(Optional.empty()).density());
    assertThat(line.has("parent")).isFalse();
  }

  @Test
  void aMaskIsShownWithItsShapesByAnyUnambiguousBeginning() throws Exception {
    Mask mask = first.mask(0);
    JsonNode shown = doors.json("/api/masks/" + mask.digest().brief());

    assertThat(shown).isEqualTo(doors.json("/api/masks/" + mask.digest()));
    assertThat(shown.get("kept").asLong()).isEqualTo(mask.count());
    assertThat(shown.get("bytes").asInt()).isEqualTo(mask.canonicalBytes().length);
    assertThat(shown.get("tensors").get(0).get("shape").toString()).isEqualTo("[8,3,3,3]");
    assertThat(shown.get("tensors").get(1).get("name").asText()).isEqualTo("fc.weight");
    assertThat(shown.get("found")).hasSize(1);
  }

  @Test
  void theBitsOfAMaskAreItsCanonicalBytesFromItsEventOrFromTheStore() throws Exception {
    for (TaskId task : first.prunings) {
      Digest digest = first.maskOf(task).digest();
      HttpResponse<byte[]> bits = doors.get("/api/masks/" + digest + "/bits");

      assertThat(bits.headers().firstValue("content-type")).hasValue("application/octet-stream");
      assertThat(bits.headers().firstValue("etag")).hasValue("\"" + digest + "\"");
      assertThat(Digest.of(bits.body())).isEqualTo(digest);
    }
  }

  @Test
  void aMaskFileHoldsTheMaskAndIsSentOnceToWhoKeepsIt() throws Exception {
    String path = "/api/masks/" + first.mask(1).digest() + "/safetensors";
    HttpResponse<byte[]> file = doors.get(path);
    String tag = file.headers().firstValue("etag").orElseThrow();

    assertThat(MaskFile.read(file.body())).isEqualTo(first.mask(1));
    assertThat(file.headers().firstValue("content-disposition").orElseThrow())
        .contains("attachment", ".safetensors");
    HttpResponse<byte[]> again = doors.get(path, "if-none-match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void theOverlapOfTwoMasksStandsBesideWhatChanceGives() throws Exception {
    Mask left = first.mask(0);
    Mask right = second.mask(0);
    Overlap overlap = left.overlap(right);

    JsonNode shown =
        doors.json("/api/compare/masks?left=" + left.digest() + "&right=" + right.digest());

    JsonNode all = shown.get("all");
    assertThat(all.get("both").asLong()).isEqualTo(overlap.both());
    assertThat(all.get("iou").asDouble()).isEqualTo(overlap.iou());
    assertThat(all.get("chance").asDouble()).isEqualTo(overlap.chanceIou());
    assertThat(all.get("agreement").asDouble()).isEqualTo(overlap.agreement());
    assertThat(shown.get("tensors")).hasSize(2);
    assertThat(shown.get("tensors").get(0).get("name").asText()).isEqualTo("conv1.weight");
  }

  @ParameterizedTest
  @CsvSource({"and", "or", "xor", "diff"})
  void twoMasksMakeAThird(String operation) throws Exception {
    Mask left = first.mask(0);
    Mask right = second.mask(0);
    BinaryOperator<Mask> rule =
        switch (operation) {
          case "and" -> Mask::and;
          case "or" -> Mask::or;
          case "xor" -> Mask::xor;
          default -> (one, other) -> one.xor(other).and(one);
        };
    Mask expected = rule.apply(left, right);
    String query =
        "?op=%s&left=%s&right=%s".formatted(operation, left.digest(), right.digest().brief());

    assertThat(doors.json("/api/masks/combine" + query).get("digest").asText())
        .isEqualTo(expected.digest().toString());
    assertThat(doors.get("/api/masks/combine/bits" + query).body())
        .isEqualTo(expected.canonicalBytes());
    assertThat(MaskFile.read(doors.get("/api/masks/combine/safetensors" + query).body()))
        .isEqualTo(expected);
  }

  @Test
  void masksOfDifferentNetworksAreNamedAndNotCompared() throws Exception {
    String query = "left=" + first.mask(0).digest() + "&right=" + STRANGE.digest();

    for (String path : List.of("/api/compare/masks?", "/api/masks/combine?op=and&")) {
      HttpResponse<byte[]> refused = doors.get(path + query);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(text(refused))
          .contains("/problems/different-networks", STRANGE.digest().toString())
          .contains("expected another mask of 2 tensors, got one of 1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/masks?limit=0",
        "/api/masks?limit=1001",
        "/api/masks?limit=99999999999999999999",
        "/api/masks?limit=1&limit=2",
        "/api/masks?cursor=nonsense",
        "/api/masks/combine?left=ab&right=ab",
        "/api/masks/combine?op=nand&left=ab&right=ab",
        "/api/compare/masks",
      })
  void badInputIsRefusedWithWhatWasExpected(String path) throws Exception {
    HttpResponse<byte[]> refused = doors.get(path);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(text(refused)).contains("expected");
  }

  @Test
  void parametersThatAreNotEncodedAreRefused() throws IOException {
    try (Socket socket = doors.ask("/api/compare/masks?left=%zz")) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/bad-request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/masks?study=0000000000000000000000",
        "/api/masks?study=xyz",
        "/api/masks/NONSENSE",
        "/api/masks/NONSENSE/bits",
        "/api/compare/masks?left=%ff%fe&right=0",
        "/api/artifacts/..%2f..%2fetc",
        "/api/masks/0000000000000000000000",
        "/api/masks/0000000000000000000000/safetensors",
        "/api/compare/masks?left=0000000000000000000000&right=1",
      })
  void whatNobodyFoundIsNotFound(String path) throws Exception {
    assertThat(doors.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void anAmbiguousNameIsRefusedWithExamples() throws IOException, InterruptedException {
    String ambiguous = ambiguous();

    HttpResponse<byte[]> refused = doors.get("/api/masks/" + ambiguous);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("/problems/ambiguous-name", "\"sha256:" + ambiguous);
  }

  /** A digit that two masks begin with. */
  private String ambiguous() {
    Set<String> digits = new HashSet<>();
    List<Mask> masks = new ArrayList<>(first.masks.values());
    masks.addAll(second.masks.values());
    return masks.stream()
        .map(mask -> mask.digest().hex().substring(0, 1))
        .filter(digit -> !digits.add(digit))
        .findFirst()
        .orElseThrow();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
