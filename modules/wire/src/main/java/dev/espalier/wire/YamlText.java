package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** YAML of what JSON can say: no nulls, repeated keys, anchors or tags. */
public final class YamlText {
  private static final int WIDTH = 120;
  private static final DumperOptions BLOCKS = new DumperOptions();

  static {
    BLOCKS.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    BLOCKS.setWidth(WIDTH);
    BLOCKS.setAllowUnicode(true);
  }

  private YamlText() {}

  /** {@code tree}, which has no nulls, as YAML. */
  public static String of(JsonNode tree) {
    return new Yaml(BLOCKS).dump(new JsonMapper().convertValue(tree, Object.class));
  }

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
