package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the settings of several studies differ.
 *
 * @param values by the setting's name, such as {@code training.epochs}, of each study; absent where
 *     it has none of that name
 */
public record Differences(SortedMap<String, List<Optional<String>>> values) {
  private static final String ABSENT = "–";

  /** Copies the map. */
  public Differences {
    values = new TreeMap<>(values);
  }

  /**
   * Where they differ.
   *
   * @param contents what each study asks for, with every default
   */
  public static Differences of(List<JsonNode> contents) {
    SortedMap<String, List<Optional<String>>> values = new TreeMap<>();
    for (int i = 0; i < contents.size(); i++) {
      SortedMap<String, String> settings = new TreeMap<>();
      settings("", contents.get(i), settings);
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        values
            .computeIfAbsent(
                setting.getKey(),
                _ -> new ArrayList<>(contents.stream().map(_ -> Optional.<String>empty()).toList()))
            .set(i, Optional.of(setting.getValue()));
      }
    }
    values.values().removeIf(row -> row.stream().distinct().count() == 1);
    return new Differences(values);
  }

  /** Lists are told whole: which of their elements belong together is not known. */
  private static void settings(String name, JsonNode tree, SortedMap<String, String> to) {
    if (tree.isObject()) {
      String before = name.isEmpty() ? "" : name + ".";
      tree.properties().forEach(one -> settings(before + one.getKey(), one.getValue(), to));
    } else {
      to.put(name, tree.isTextual() ? tree.asText() : tree.toString());
    }
  }

  /**
   * A table with a row a setting and a column a study, line by line.
   *
   * @param studies what each study is called
   */
  public List<String> table(List<String> studies) {
    List<String> header = new ArrayList<>(List.of("setting"));
    header.addAll(studies);
    List<List<String>> rows = new ArrayList<>();
    values.forEach(
        (name, row) -> {
          List<String> cells = new ArrayList<>(List.of(name));
          row.forEach(value -> cells.add(value.orElse(ABSENT)));
          rows.add(cells);
        });
    return new Table(header, rows).forTerminal().lines().toList();
  }

  /** An array of objects with the setting's name as {@code key}, and {@code values}. */
  public JsonNode json() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    values.forEach(
        (name, row) -> {
          ObjectNode one = all.addObject().put("key", name);
          ArrayNode list = one.putArray("values");
          row.forEach(value -> value.ifPresentOrElse(list::add, list::addNull));
        });
    return all;
  }
}
