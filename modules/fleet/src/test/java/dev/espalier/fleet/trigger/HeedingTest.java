package dev.espalier.fleet.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.Fleet;
import dev.espalier.kafka.EmbeddedBroker;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that heed triggers, on a real log. */
class HeedingTest {
  private static final Triggers TRIGGERS =
      Heeders.triggers(
          """
          triggers:
            - name: prune
              on: {type: org.example.registered}
              values: {seed: $.data.seed}
              study:
                {data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 1},
                 seeds: ["${seed}"]}
          """);

  private static final String BROKEN = "[" + Heeders.event("b3", 72) + ", {}]";

  @TempDir private static Path folder;
  private static Optional<EmbeddedBroker> broker = Optional.empty();
  private static Optional<Heeders> shared = Optional.empty();
  private static Optional<Fleet> served = Optional.empty();

  @BeforeAll
  static void start() {
    broker = Optional.of(EmbeddedBroker.start(folder.resolve("kafka")));
    shared = Optional.of(apart("shared"));
    served = Optional.of(heeders().start(TRIGGERS));
  }

  @AfterAll
  static void stop() {
    shared.ifPresent(Heeders::close);
    broker.ifPresent(EmbeddedBroker::close);
  }

  /** Gateways of a log that tests share, who tell of events of their own. */
  private static Heeders heeders() {
    return shared.orElseThrow();
  }

  private static Fleet fleet() {
    return served.orElseThrow();
  }

  /** Gateways of a log of their own. */
  private static Heeders apart(String prefix) {
    return new Heeders(broker.orElseThrow().connection().withPrefix(prefix), folder);
  }

  /** How often studies of this seed were wished for. */
  private static long wishes(long seed) {
    return heeders().wishes().stream()
        .filter(wish -> wish.content().seeds().equals(List.of(seed)))
        .count();
  }

  @Test
  void fiftyConcurrentDuplicatesStartOneStudy() throws Exception {
    Fleet other = heeders().start(TRIGGERS);
    try {
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 50)
              .mapToObj(
                  i -> heeders().tell(i % 2 == 0 ? fleet() : other, Heeders.event("duplicate", 50)))
              .toList();
      answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
      HttpResponse<String> last = heeders().tell(other, Heeders.event("last", 51)).join();
      heeders().decision(other, last);

      JsonNode decision = heeders().decision(fleet(), answers.getFirst().join());
      assertThat(decision.at("/effect/kind").asText()).isEqualTo("started");
      assertThat(wishes(50)).isEqualTo(1);
      assertThat(wishes(51)).isEqualTo(1);
    } finally {
      heeders().stop(other);
    }
  }

  @Test
  void whoHeedsMayGoInTheMiddleAndEachEventStartsItsStudyOnce() throws Exception {
    int many = 300;
    try (Heeders heeders = apart("middle")) {
      Fleet first = heeders.start(TRIGGERS);
      Fleet second = heeders.start(TRIGGERS);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        answers.add(heeders.tell(second, Heeders.event("e" + i, i)));
        if (i == many / 2) {
          heeders.decisions(second, "?effect=started&limit=1", 1);
          heeders.stop(first);
        }
      }
      answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));

      heeders.decisions(second, "?effect=started", many);
      assertThat(heeders.wishes())
          .extracting(wish -> wish.content().seeds().getFirst())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, many).mapToObj(i -> (long) i).toList());
    }
  }

  @Test
  void whatIsDecidedStartsNothingEvenWhenItsStudyWasCancelledAndAllBeganAnew() throws Exception {
    try (Heeders heeders = apart("anew")) {
      Fleet before = heeders.start(TRIGGERS);
      HttpResponse<String> posted = heeders.tell(before, Heeders.event("1", 7)).join();
      JsonNode decision = heeders.decision(before, posted);
      String study = decision.at("/effect/study").asText();
      String path = "api/studies/" + StudyId.parse(study).digest().hex();
      heeders.awaitJson(before, "/" + path);
      assertThat(heeders.post(before, path + "/cancel", "", "application/json").statusCode())
          .isEqualTo(200);
      heeders.stop(before);

      Fleet after = heeders.start(TRIGGERS);
      assertThat(heeders.tell(after, Heeders.event("1", 7)).join().statusCode()).isEqualTo(202);
      heeders.decision(after, heeders.tell(after, Heeders.event("2", 8)).join());

      assertThat(heeders.wishes())
          .extracting(StudyWished::wish)
          .containsExactly(Wish.RUN, Wish.CANCEL, Wish.RUN);
      assertThat(heeders.decisions(after, "", 2)).hasSize(2);
    }
  }

  @Test
  void whatIsMalformedUnmatchedOrRefusedIsKeptWithTheReason() throws Exception {
    HttpResponse<String> malformed = heeders().post(fleet(), "events", "no event", "text/plain");
    HttpResponse<String> unmatched =
        heeders().tell(fleet(), Heeders.event("u", 7).replace(".registered", ".deleted")).join();
    HttpResponse<String> refused =
        heeders().tell(fleet(), Heeders.event("r", 7).replace("seed", "seeds")).join();

    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body()).contains("/problems/not-an-event", "expected a CloudEvent 1.0");
    JsonNode first = heeders().decision(fleet(), unmatched);
    assertThat(first.at("/effect/kind").asText()).isEqualTo("unmatched");
    assertThat(first.at("/effect/reason").asText())
        .isEqualTo("prune: expected the type org.example.registered, got org.example.deleted");
    JsonNode second = heeders().decision(fleet(), refused);
    assertThat(second.at("/effect/kind").asText()).isEqualTo("refused");
    assertThat(second.at("/effect/trigger").asText()).isEqualTo("prune");
    assertThat(second.at("/effect/reason").asText())
        .isEqualTo("expected seed at $.data.seed, got none");
    assertThat(content(second)).contains("\"seeds\":7");
    for (JsonNode third : heeders().decisions(fleet(), "?effect=malformed", 1)) {
      String path = "/api/triggers/decisions/" + third.path("number").asText();
      assertThat(content(heeders().awaitJson(fleet(), path))).isIn("no event", BROKEN);
    }
  }

  private static String content(JsonNode decision) {
    byte[] bytes = Base64.getDecoder().decode(decision.at("/content/base64").asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void aDryRunSaysWhatAnEventWouldStartAndStartsNothing() throws Exception {
    String event = Heeders.event("dry", 60);
    HttpResponse<String> answer =
        heeders().post(fleet(), "api/triggers/dry-run", event, "application/cloudevents+json");
    assertThat(wishes(60)).isZero();

    JsonNode decision = heeders().decision(fleet(), heeders().tell(fleet(), event).join());

    assertThat(answer.body())
        .contains(
            "\"decided\":false",
            "\"tasks\":",
            decision.at("/effect/study").asText(),
            decision.path("key").asText());
  }

  @Test
  void aBatchIsTakenWholeOrRefusedWhole() throws Exception {
    String type = "application/cloudevents-batch+json";
    String good = "[" + Heeders.event("b1", 70) + "," + Heeders.event("b2", 71) + "]";

    HttpResponse<String> batch = heeders().post(fleet(), "events", good, type);
    HttpResponse<String> broken = heeders().post(fleet(), "events", BROKEN, type);
    HttpResponse<String> last = heeders().tell(fleet(), Heeders.event("b4", 73)).join();
    heeders().decision(fleet(), last);

    assertThat(batch.statusCode()).isEqualTo(202);
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(wishes(70) + wishes(71)).isEqualTo(2);
    assertThat(wishes(72)).isZero();
  }
}
