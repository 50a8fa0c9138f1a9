package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.wire.InvalidStudyException.Complaint;
import dev.espalier.wire.SchemaCheck.Finding;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML as a JSON tree that remembers its lines. Only what JSON can say is taken: a plain scalar is
 * a number where JSON would read one ({@code 1e-4} is, {@code 010} and {@code 1_000} are not), true
 * or false where those words stand ({@code yes} and {@code on} are text), else text. Nulls,
 * repeated keys, anchors and tags are refused.
 */
final class YamlTree {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
  private static final String OWN_TAGS = "!";
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 32;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Complaint> complaints = new ArrayList<>();
  private final JsonNode root;

  private YamlTree(Node root) {
    this.root = value(root, "", line(root));
  }

  /**
   * The tree of {@code yaml}.
   *
   * @throws InvalidStudyException when it is not one YAML document of what JSON can say
   */
  static YamlTree parse(String yaml, String whereFrom) {
    YamlTree tree = new YamlTree(compose(yaml, whereFrom));
    if (!tree.complaints.isEmpty()) {
      throw new InvalidStudyException(whereFrom, tree.complaints);
    }
    return tree;
  }

  private static Node compose(String yaml, String whereFrom) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setNestingDepthLimit(DEEPEST);
    try {
      Node root = new Yaml(options).compose(new StringReader(yaml));
      if (root == null) {
        throw new InvalidStudyException(
            whereFrom, List.of(new Complaint(1, "expected keys with values, got an empty file")));
      }
      return root;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      Complaint complaint = new Complaint(line, "expected YAML: " + context + e.getProblem());
      throw new InvalidStudyException(whereFrom, List.of(complaint));
    } catch (YAMLException e) {
      Complaint complaint = new Complaint(1, "expected YAML: " + e.getMessage());
      throw new InvalidStudyException(whereFrom, List.of(complaint));
    }
  }

  JsonNode root() {
    return root;
  }

  /** The line, from 1, of what {@code pointer} names, or of what it would be in. */
  int line(String pointer) {
    String at = pointer;
    while (!lines.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }

  /** The exception that says all {@code findings} with their lines. */
  InvalidStudyException refusal(String whereFrom, List<Finding> findings) {
    return new InvalidStudyException(
        whereFrom,
        findings.stream()
            .map(finding -> new Complaint(line(finding.pointer()), finding.text()))
            .toList());
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private JsonNode value(Node node, String pointer, int line) {
    lines.put(pointer, line);
    if (node.getAnchor() != null) {
      return refuse(line, "expected the value itself, got the anchor &" + node.getAnchor());
    }
    if (node.getTag().getValue().startsWith(OWN_TAGS)) {
      return refuse(line, "expected no tag, got " + node.getTag().getValue());
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, pointer);
      case SequenceNode sequence -> sequence(sequence, pointer);
      case ScalarNode scalar -> scalar(scalar, line);
      default -> refuse(line, "expected a value, got " + node.getNodeId());
    };
  }

  private ObjectNode mapping(MappingNode node, String pointer) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple entry : node.getValue()) {
      int line = line(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        refuse(line, "expected text as a key");
      } else if (object.has(key.getValue())) {
        refuse(line, "expected each key once, got " + key.getValue() + " again");
      } else {
        String name = key.getValue();
        object.set(name, value(entry.getValueNode(), pointer + "/" + Mismatch.escape(name), line));
      }
    }
    return object;
  }

  private ArrayNode sequence(SequenceNode node, String pointer) {
    ArrayNode array = NODES.arrayNode();
    for (Node element : node.getValue()) {
      array.add(value(element, pointer + "/" + array.size(), line(element)));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode node, int line) {
    String text = node.getValue();
    if (!node.isPlain()) {
      return NODES.textNode(text);
    }
    if (NULL.matcher(text).matches()) {
      return refuse(line, "expected a value, got nothing");
    }
    if (WHOLE.matcher(text).matches()) {
      return whole(new BigInteger(text));
    }
    if (NUMBER.matcher(text).matches()) {
      return NODES.numberNode(Double.parseDouble(text));
    }
    return switch (text) {
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      default -> NODES.textNode(text);
    };
  }

  private static JsonNode whole(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private JsonNode refuse(int line, String text) {
    complaints.add(new Complaint(line, text));
    return NODES.missingNode();
  }
}
