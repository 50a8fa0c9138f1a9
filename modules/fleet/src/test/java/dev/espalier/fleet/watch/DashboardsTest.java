package dev.espalier.fleet.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboards and alerts without Prometheus: they are of figures that a fleet tells. */
class DashboardsTest {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z]\\w*)(\\{.*})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
  private static final Set<String> UNITS =
      Set.of("short", "s", "ops", "reqps", "percentunit"); // of Grafana
  private static final int WIDE = 24; // columns

  @TempDir private static Path folder;
  private static Map<String, Set<String>> told = Map.of();

  @BeforeAll
  static void scrape() throws IOException, InterruptedException {
    try (WatchedFleet fleet = WatchedFleet.start(folder)) {
      fleet.workHalfway();
      fleet.scrape(); // tells of itself only the next time
      told = figures(fleet.scrape());
      fleet.bench.release();
    }
  }

  /** The labels of each figure. */
  private static Map<String, Set<String>> figures(String scrape) {
    Map<String, Set<String>> figures = new HashMap<>();
    SAMPLE
        .matcher(scrape)
        .results()
        .forEach(
            sample -> {
              Set<String> labels = figures.computeIfAbsent(sample.group(1), _ -> new HashSet<>());
              if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(one -> labels.add(one.group(1)));
              }
            });
    figures.put("up", Set.of()); // by Prometheus
    return figures;
  }

  static Stream<Expression> expressions() {
    return Stream.concat(Expression.ofDashboards().stream(), Expression.ofAlerts().stream());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void anExpressionIsOfFiguresThatAFleetTells(Expression expression) {
    Map<String, Set<String>> figures = expression.figures();

    assertThat(figures).isNotEmpty();
    assertThat(told).as("%s", expression).containsKeys(figures.keySet().toArray(String[]::new));
    figures.forEach(
        (figure, labels) -> {
          Set<String> known = new HashSet<>(told.getOrDefault(figure, Set.of()));
          known.addAll(Expression.ADDED);
          assertThat(known).as("labels of %s in %s", figure, expression).containsAll(labels);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"fleet.json", "study.json"})
  void aDashboardIsWhole(String name) {
    JsonNode dashboard = Expression.dashboard(name);
    List<String> variables = dashboard.at("/templating/list").findValuesAsText("name");

    assertThat(dashboard.path("uid").asText()).isEqualTo("espalier-" + name.replace(".json", ""));
    assertThat(variables).containsSubsequence("datasource", "job");
    assertThat(ids(dashboard)).isNotEmpty().doesNotHaveDuplicates();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(panel.path("description").asText()).as(title).endsWith(".");
      assertThat(UNITS).as(title).contains(panel.at("/fieldConfig/defaults/unit").asText());
      assertThat(panel.findValues("datasource"))
          .as(title)
          .isNotEmpty()
          .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      assertThat(panel.path("targets").findValuesAsText("refId")).doesNotHaveDuplicates();
    }
  }

  private static List<Integer> ids(JsonNode dashboard) {
    return dashboard.path("panels").valueStream().map(panel -> panel.path("id").asInt()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fleet.json", "study.json"})
  void noPanelLiesOnAnother(String name) {
    Set<List<Integer>> cells = new HashSet<>();
    for (JsonNode panel : Expression.dashboard(name).path("panels")) {
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(WIDE);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          assertThat(cells.add(List.of(place.path("x").asInt() + x, place.path("y").asInt() + y)))
              .as("%s", panel)
              .isTrue();
        }
      }
    }
  }

  @Test
  void everyAlertIsTriedOnAPlantedFault() throws IOException {
    String tests = Files.readString(Expression.ALERTS.resolveSibling("alerts.test.yaml"));

    assertThat(Expression.ofAlerts())
        .extracting(Expression::where)
        .hasSizeGreaterThan(10)
        .doesNotHaveDuplicates()
        .allMatch(alert -> tests.contains("- name: " + alert + "\n"));
  }
}
