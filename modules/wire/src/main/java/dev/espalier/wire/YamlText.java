package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** YAML of what JSON can say: no nulls, repeated keys, anchors or tags. */
public final class YamlText {
  private YamlText() {}

  /**
   * What {@code yaml} says, as a JSON tree.
   *
   * @param whereFrom its name in messages
   * @throws InvalidStudyException when it is not one YAML document of what JSON can say, with the
   *     line of everything that is wrong
   */
  public static JsonNode tree(String yaml, String whereFrom) {
    return YamlTree.parse(yaml, whereFrom).root();
  }
}
