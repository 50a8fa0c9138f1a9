package dev.espalier.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.wire.SchemaCheck.Finding;
import java.util.List;

/**
 * One's own network as a person writes it: YAML of the keys of {@code network-file.schema.json}.
 */
final class NetworkFile {
  private static final String NAME = "name";
  private static final SchemaCheck SCHEMA = new SchemaCheck("network-file");

  private NetworkFile() {}

  /**
   * The description in {@code yaml}, with a name.
   *
   * @param whereFrom the file's name; it stands in messages, and without its folder and ending it
   *     is the network's name where the file gives none
   * @throws InvalidStudyException when it describes none, with the line of everything that is
   *     wrong, what was expected and what came
   */
  static ObjectNode parse(String yaml, String whereFrom) {
    YamlTree tree = YamlTree.parse(yaml, whereFrom);
    List<Finding> findings = SCHEMA.findings(tree.root());
    if (!findings.isEmpty()) {
      throw tree.refusal(whereFrom, findings);
    }
    ObjectNode network = tree.root().deepCopy();
    if (!network.has(NAME)) {
      network.put(NAME, StudyFile.stem(whereFrom));
    }
    return network;
  }
}
