package dev.espalier.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person sees who watches. */
class ScreenTest {
  private static final String STUDY =
      """
      {"line":{"id":"sha256:5","name":"watched","status":"running","completed":3,"failed":1,
      "tasks":8,"rounds":4,"roundsCompleted":2,"left":125.4},
      "active":[{"id":"t","title":"prune labels","state":"running",
      "progress":{"step":%d,"steps":20,"epoch":1,"epochs":3,"loss":%s},"accuracy":0.5}],
      "curves":[{"arm":"random","points":[{"level":0,"density":1,"mean":0.9,"seeds":1},
      {"level":1,"density":0.5,"mean":0.8,"standardError":0.01,"seeds":2}]}],
      "failures":["out of memory"]}
      """;

  private static JsonNode json(String text) throws IOException {
    return new JsonMapper().readTree(text);
  }

  private static List<Double> values(int count) {
    return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
  }

  @Test
  void aSparkLineGoesFromTheLeastToTheGreatestValue() {
    assertThat(Sparks.of(values(8), 8)).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(Sparks.of(values(8).reversed(), 8)).isEqualTo("█▇▆▅▄▃▂▁");
    assertThat(Sparks.of(values(1000), 4)).isEqualTo("▁▃▆█");
    assertThat(Sparks.of(List.of(2.0, 2.0), 8)).isEqualTo("▁▁");
    assertThat(Sparks.of(values(1), 8)).isEmpty();
  }

  @Test
  void aStudyThatGoesOnIsABarItsTasksAndItsCurves() throws IOException {
    Traces traces = new Traces();
    JsonNode before = json("[{\"metric\":\"train_loss\",\"steps\":[1,2],\"values\":[3.0,1.0]}]");
    traces.begin("t", before);
    traces.add(json(STUDY.formatted(10, "2.0")).path("active"));

    assertThat(StudyText.live(json(STUDY.formatted(10, "2.0")), traces))
        .containsExactly(
            "watched  ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  running, 2 of 4 rounds, 3 of 8 tasks, 1 failed,"
                + " about 2:05 min left",
            "  prune labels                                 ━━━━━━╌╌╌╌╌╌ epoch 2/3  loss 2.000 █▁▅"
                + "               accuracy 50.00 %",
            "",
            "accuracy in % at density  100 %          50 %",
            "─────────────────────────────────────────────",
            "random                    90.00  80.00 ± 1.00",
            "failed: out of memory");
  }

  @Test
  void whatWasMeasuredIsKeptInABoundedSpaceForAsLongAsItsTaskIsWorkedOn() throws IOException {
    Traces traces = new Traces();
    for (int step = 1; step <= 3000; step++) {
      traces.add(json(STUDY.formatted(step, Integer.toString(step))).path("active"));
    }
    traces.add(json(STUDY.formatted(3001, "\"NaN\"")).path("active"));
    assertThat(traces.losses("t")).hasSizeBetween(100, 512).isSorted().last().isEqualTo(3000.0);

    traces.add(json("[]"));
    assertThat(traces.lacks("t")).isTrue();
  }

  @Test
  void aBlockIsRedrawnInItsPlaceAndCutToTheWindow() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8));

    screen.show(List.of("one", "two"), 24);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("one").contains("two\n");
    out.reset();
    screen.show(IntStream.range(0, 30).mapToObj(i -> "line " + i).toList(), 10);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("\u001b[2A\r\u001b[J")
        .contains("line 7\n… 22 more lines\n")
        .doesNotContain("line 8\n")
        .endsWith("\u001b[?7h");
  }

  @Test
  void nothingIsRedrawnWithoutATerminalOrColours() {
    assertThat(Screen.isLive(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Screen.isLive(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Screen.isLive(Map.of())).isFalse();
  }

  @Test
  void textOfOthersCannotSteerATerminal() {
    assertThat(Printable.of("a\u001b[31mb\u009bc\u0007é\td")).isEqualTo("a�[31mb�c�é�d");
  }

  @Test
  void settingsThatDifferAreToldByTheirNames() throws IOException {
    Differences differences =
        Differences.of(
            List.of(
                json("{\"a\":{\"b\":1,\"c\":[1,2]},\"same\":true}"),
                json("{\"a\":{\"b\":2,\"c\":[1]},\"same\":true,\"new\":\"x\"}")));

    assertThat(differences.table(List.of("first", "second")))
        .containsExactly(
            "setting  first  second",
            "──────────────────────",
            "a.b          1       2",
            "a.c      [1,2]     [1]",
            "new          –       x");
    assertThat(differences.json())
        .hasToString(
            "[{\"key\":\"a.b\",\"values\":[\"1\",\"2\"]},"
                + "{\"key\":\"a.c\",\"values\":[\"[1,2]\",\"[1]\"]},"
                + "{\"key\":\"new\",\"values\":[null,\"x\"]}]");
  }
}
