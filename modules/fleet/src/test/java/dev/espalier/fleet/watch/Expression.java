package dev.espalier.fleet.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.wire.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a panel or an alert asks of Prometheus.
 *
 * @param where the file and the title
 * @param text in PromQL, with Grafana's variables
 */
record Expression(String where, String text) {
  static final Path DASHBOARDS = Path.of("../../src/config/grafana");
  static final Path ALERTS = Path.of("../../src/config/prometheus/alerts.yaml");

  /** What Prometheus adds to all that it scrapes. */
  static final Set<String> ADDED = Set.of("job", "instance");

  /** A name that braces may follow; numbers and spans of time are none. */
  private static final Pattern NAME = Pattern.compile("(?<![\\w$])([a-z_]\\w*)(\\{[^}]*})?");

  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Set<String> WORDS =
      Set.of(
          "sum",
          "max",
          "rate",
          "increase",
          "absent",
          "vector",
          "by",
          "on",
          "and",
          "or",
          "unless",
          "offset");

  static List<Expression> ofDashboards() {
    List<Expression> found = new ArrayList<>();
    for (String name : List.of("fleet.json", "study.json")) {
      for (JsonNode panel : dashboard(name).path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          String where = name + ": " + panel.path("title").asText();
          found.add(new Expression(where, target.path("expr").asText()));
        }
      }
    }
    return found;
  }

  static JsonNode dashboard(String name) {
    return tree(DASHBOARDS.resolve(name));
  }

  /** Of the alerts, each called as it is. */
  static List<Expression> ofAlerts() {
    List<Expression> found = new ArrayList<>();
    for (JsonNode rule : tree(ALERTS).at("/groups/0/rules")) {
      found.add(new Expression(rule.path("alert").asText(), rule.path("expr").asText()));
    }
    return found;
  }

  private static JsonNode tree(Path file) {
    try {
      String text = Files.readString(file);
      return file.toString().endsWith(".json")
          ? new JsonMapper().readTree(text)
          : YamlText.tree(text, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The labels that are asked for of each figure. */
  Map<String, Set<String>> figures() {
    Map<String, Set<String>> figures = new TreeMap<>();
    Matcher names =
        NAME.matcher(GROUPING.matcher(text).replaceAll(" ").replaceAll("\\[[^]]*]", ""));
    while (names.find()) {
      if (!WORDS.contains(names.group(1))) {
        Set<String> labels = figures.computeIfAbsent(names.group(1), _ -> new TreeSet<>());
        labels.addAll(labelsIn(names.group(2)));
        GROUPING.matcher(text).results().forEach(by -> labels.addAll(split(by.group(1))));
      }
    }
    return figures;
  }

  private static Set<String> labelsIn(@Nullable String braces) {
    Set<String> labels = new TreeSet<>();
    if (braces != null) {
      LABEL
          .matcher(braces.replaceAll("\"[^\"]*\"", ""))
          .results()
          .forEach(m -> labels.add(m.group(1)));
    }
    return labels;
  }

  private static List<String> split(String names) {
    return names.isBlank() ? List.of() : List.of(names.split(",\\s*"));
  }

  /** As Prometheus understands it. */
  String plain() {
    return text.replace("$__rate_interval", "1m").replace("$job", ".+");
  }

  @Override
  public String toString() {
    return where + ": " + text;
  }
}
