package dev.espalier.fleet.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetersTest {
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Path PAGE = Path.of("../../src/site/operations.md");
  private static final String HEAD = "| meter | kind | unit | tags | what it is |";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private void use(Meters meter) {
    Object[] values = meter.tags().stream().map(tag -> "some").toArray();
    switch (meter.kind()) {
      case COUNTER -> meter.counter(registry, values).increment();
      case GAUGE -> meter.gauge(registry, () -> 1, values);
      case TIMER -> meter.timer(registry, values).record(Duration.ofSeconds(1));
    }
  }

  @Test
  void allOfThemTogetherAreOpenMetrics() {
    Stream.of(Meters.values()).forEach(this::use);

    Map<String, String> types = OpenMetrics.check(registry.scrape(OPEN_METRICS));

    assertThat(types).hasSizeGreaterThanOrEqualTo(Meters.values().length);
  }

  @ParameterizedTest
  @EnumSource(Meters.class)
  void eachIsCalledAsItSays(Meters meter) {
    use(meter);

    assertThat(registry.scrape())
        .contains("# HELP " + meter.exposed() + " " + meter.description())
        .contains("\n" + meter.exposed());
  }

  @ParameterizedTest
  @EnumSource(Meters.class)
  void aMeterIsOfOneKindAndHasItsTags(Meters meter) {
    assertThatThrownBy(
            () -> {
              switch (meter.kind()) {
                case COUNTER, TIMER -> meter.gauge(registry, () -> 1);
                case GAUGE -> meter.counter(registry).increment();
              }
            })
        .hasMessageStartingWith("expected a " + meter.kind());
    Object[] tooMany = Stream.generate(() -> "x").limit(meter.tags().size() + 1L).toArray();
    assertThatThrownBy(
            () -> {
              switch (meter.kind()) {
                case COUNTER -> meter.counter(registry, tooMany).increment();
                case GAUGE -> meter.gauge(registry, () -> 1, tooMany);
                case TIMER -> meter.timer(registry, tooMany).record(Duration.ZERO);
              }
            })
        .hasMessageStartingWith("expected values of");
  }

  /** {@code -Despalier.site.write=true} writes the table anew. */
  @Test
  void theOperationsPageListsThem() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    List<String> rows = Stream.of(Meters.values()).map(MetersTest::row).toList();
    if (Boolean.getBoolean("espalier.site.write")) {
      Files.writeString(PAGE, String.join("\n", with(lines, rows)) + "\n");
    }

    assertThat(table(Files.readAllLines(PAGE))).isEqualTo(rows);
  }

  private static List<String> table(List<String> lines) {
    return lines.stream()
        .dropWhile(line -> !line.equals(HEAD))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static List<String> with(List<String> lines, List<String> rows) {
    int begin = lines.indexOf(HEAD) + 2;
    int end = begin + table(lines).size();
    return Stream.of(lines.subList(0, begin), rows, lines.subList(end, lines.size()))
        .flatMap(List::stream)
        .toList();
  }

  private static String row(Meters meter) {
    String tags =
        meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(meter.exposed(), meter.kind(), meter.unit(), tags, meter.description());
  }
}
