package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.espalier.wire.SchemaCheck.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A study file in which <code>${name}</code> stands for a value that is known later. A value takes
 * the place of a placeholder in the tree that was read and is one scalar there, whatever it is
 * spelled like; where the placeholder is all that a scalar says, the value keeps its type.
 */
public final class StudyTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_]*)}");
  private static final String OPENING = "${";

  private final YamlTree yaml;
  private final String pointer;
  private final String whereFrom;
  private final String name;
  private final Map<String, String> networks;

  /**
   * The template that stands in {@code yaml}.
   *
   * @param pointer where in the tree
   * @param whereFrom the file's name, for messages
   * @param name what studies are called where the template does not say
   * @param networks the texts of the files that it names: those of values are never read
   */
  StudyTemplate(
      YamlTree yaml, String pointer, String whereFrom, String name, Map<String, String> networks) {
    this.yaml = yaml;
    this.pointer = pointer;
    this.whereFrom = whereFrom;
    this.name = name;
    this.networks = Map.copyOf(networks);
  }

  /** The names that values are expected for. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    for (String text : texts(root(), new ArrayList<>())) {
      PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1)));
    }
    return names;
  }

  private JsonNode root() {
    return yaml.root().at(pointer);
  }

  private static List<String> texts(JsonNode node, List<String> found) {
    if (node.isTextual()) {
      found.add(node.asText());
    }
    node.forEach(child -> texts(child, found));
    return found;
  }

  /**
   * The study with {@code values} in the places of their names.
   *
   * @param values scalars, one for each of {@link #names}
   * @throws InvalidStudyException when that is no study, with the lines of the template
   */
  public NamedStudy fill(Map<String, JsonNode> values) {
    return file().study(filled(root(), values));
  }

  private StudyFile file() {
    return new StudyFile(name, file -> Optional.ofNullable(networks.get(file)), this::refusal);
  }

  private InvalidStudyException refusal(List<Finding> findings) {
    return yaml.refusal(
        whereFrom,
        findings.stream()
            .map(finding -> new Finding(pointer + finding.pointer(), finding.text()))
            .toList());
  }

  private static JsonNode filled(JsonNode node, Map<String, JsonNode> values) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(entry -> filled.set(entry.getKey(), filled(entry.getValue(), values)));
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> filled.add(filled(element, values)));
        yield filled;
      }
      case TextNode text -> filled(text.asText(), values);
      default -> node;
    };
  }

  private static JsonNode filled(String text, Map<String, JsonNode> values) {
    Matcher whole = PLACEHOLDER.matcher(text);
    return whole.matches()
        ? value(whole.group(1), values)
        : TextNode.valueOf(
            whole.replaceAll(
                found -> Matcher.quoteReplacement(value(found.group(1), values).asText())));
  }

  private static JsonNode value(String name, Map<String, JsonNode> values) {
    JsonNode value = values.get(name);
    if (value == null || !value.isValueNode()) {
      throw new IllegalArgumentException("expected a scalar for " + name + ", got " + value);
    }
    return value;
  }

  /**
   * Looks at all that depends on no value.
   *
   * @throws InvalidStudyException when it can be no study whatever the values are
   */
  void check() {
    JsonNode root = root();
    List<Finding> findings = new ArrayList<>();
    brokenPlaceholders(root, "", findings);
    file().findings(root).stream()
        .filter(finding -> finding.pointer().isEmpty() || !isOpen(root.at(finding.pointer())))
        .forEach(findings::add);
    if (!findings.isEmpty()) {
      throw refusal(findings);
    }
  }

  /** Whether something in {@code node} depends on a value. */
  static boolean isOpen(JsonNode node) {
    return texts(node, new ArrayList<>()).stream().anyMatch(text -> text.contains(OPENING));
  }

  private static void brokenPlaceholders(JsonNode node, String at, List<Finding> findings) {
    if (node.isTextual() && PLACEHOLDER.matcher(node.asText()).replaceAll("").contains(OPENING)) {
      findings.add(
          new Finding(
              at,
              SchemaCheck.dotted(at)
                  + ": expected ${name} with a name of letters, digits and _, got "
                  + node.asText()));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      brokenPlaceholders(node.get(i), at + "/" + i, findings);
    }
    node.properties()
        .forEach(
            entry ->
                brokenPlaceholders(
                    entry.getValue(), at + "/" + Mismatch.escape(entry.getKey()), findings));
  }
}
