package dev.espalier.fleet.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What OpenMetrics 1.0 demands of a text, as far as names, types, units and order go. */
public final class OpenMetrics {
  private static final Pattern META =
      Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^{}]*})?"
              + " (NaN|[+-]Inf|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?).*");
  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "counter", List.of("_total", "_created"),
          "gauge", List.of(""),
          "summary", List.of("", "_count", "_sum", "_created"),
          "histogram", List.of("_bucket", "_count", "_sum", "_created"),
          "info", List.of("_info"),
          "unknown", List.of(""));

  private final Map<String, String> types = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private String family = "";

  private OpenMetrics() {}

  /** The types of the families in {@code text}, which is as OpenMetrics demands. */
  public static Map<String, String> check(String text) {
    OpenMetrics checked = new OpenMetrics();
    List<String> lines = Arrays.asList(text.split("\n"));
    assertThat(lines.getLast()).isEqualTo("# EOF");
    lines.subList(0, lines.size() - 1).forEach(checked::line);
    return checked.types;
  }

  private void line(String line) {
    Matcher meta = META.matcher(line);
    if (meta.matches()) {
      begin(meta.group(2));
      if (meta.group(1).equals("TYPE")) {
        assertThat(SUFFIXES).as(line).containsKey(meta.group(3));
        assertThat(types.put(family, meta.group(3))).as("%s, a second type", line).isNull();
      }
      if (meta.group(1).equals("UNIT")) {
        assertThat(family).as(line).endsWith("_" + meta.group(3));
      }
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String type = types.getOrDefault(family, "unknown");
    assertThat(SUFFIXES.getOrDefault(type, List.of()).stream().map(end -> family + end))
        .as("%s, of %s", line, type)
        .contains(sample.group(1));
  }

  /** The lines of a family stand together. */
  private void begin(String name) {
    if (!name.equals(family)) {
      assertThat(closed.add(family)).as("%s comes twice", family).isTrue();
      family = name;
    }
  }
}
