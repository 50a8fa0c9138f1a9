package dev.espalier.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void whatIsWrittenIsRead(long seed) {
    Samples samples = new Samples(seed);
    Study study = samples.study();
    Task task = samples.task();

    assertThat(Json.read(Json.write(study), Study.class)).isEqualTo(study);
    assertThat(Json.read(Json.write(task), Task.class)).isEqualTo(task);
    for (Event event : samples.events()) {
      assertThat(Json.read(Json.write(event), event.getClass())).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theOrderOfKeysDoesNotMatter(long seed) {
    for (Event event : new Samples(seed).events()) {
      JsonNode shuffled = shuffle(Json.tree(event), new Random(seed));

      assertThat(Json.read(shuffled, event.getClass())).isEqualTo(event);
    }
  }

  private static JsonNode shuffle(JsonNode node, Random random) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(object.properties());
    Collections.shuffle(entries, random);
    ObjectNode shuffled = object.objectNode();
    entries.forEach(entry -> shuffled.set(entry.getKey(), shuffle(entry.getValue(), random)));
    return shuffled;
  }

  @Test
  void whatIsLeftOutIsTheUsual() {
    String json =
        """
        {"data":"glyphs","network":"resnet8","training":{"epochs":4,"augmentation":{}},
         "pruning":{"rounds":3}}\
        """;

    Study study = Json.read(json.getBytes(UTF_8), Study.class);

    assertThat(study.training()).isEqualTo(Training.standard(4));
    assertThat(study.seeds()).containsExactly(1L);
    assertThat(study.pruning().recipe().fraction()).isEqualTo(0.2);
    assertThat(study.evaluations()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /training/batch           | "64"          | expected a whole number, got "64"
          /training/batch           | 64.5          | expected a whole number, got 64.5
          /training/batch           | null          | expected a value, got null
          /training/learningRate    | "0.1"         | expected a number, got "0.1"
          /training/learningRate    | true          | expected a number, got true
          /training/warmUp          | 5             | expected text, got 5
          /training/warmUp          | "5 epochs"    | expected a point in training
          /training/optimizer/name  | "rmsprop"     | rmsprop
          /training/augmentation/crop | 9           | expected a crop of 0 to 8 pixels, got 9
          /training/learning_rate   | 0.1           | unknown key
          /pruning/fraction         | 2             | expected a fraction above 0 and below 1
          /pruning/round            | 2             | unknown key
          /network                  | "resnet9"     | expected one of [resnet8, resnet20, resnet32, resnet44,
          /network                  | 0             | expected a network's name or its description, got 0
          /seeds                    | 1             | expected a list, got 1
          /seeds/0                  | 1.5           | expected a whole number, got 1.5
          /seeds/0                  | null          | expected a value, got null
          /seeds/0                  | "1"           | expected a whole number, got "1"
          /data/name                | 1             | expected one of [cifar10, cifar100, idx, folder, glyphs], got 1
          /data/train               | 0             | expected at least 1 train image
          """)
  void aWrongValueIsRefusedWithItsPlace(String pointer, String value, String reason)
      throws JsonProcessingException {
    ObjectNode tree = (ObjectNode) Json.tree(study());
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = tree.at(pointer.substring(0, slash));
    set(parent, pointer.substring(slash + 1), value);

    assertThatThrownBy(() -> Json.read(tree, Study.class))
        .isInstanceOf(UnreadableJsonException.class)
        .hasMessageContaining(
            "at " + pointer.replaceFirst("/optimizer/name|/crop$|/fraction|/train$", ""))
        .hasMessageContaining(reason);
  }

  private static void set(JsonNode parent, String key, String value)
      throws JsonProcessingException {
    JsonNode node = new ObjectMapper().readTree(value);
    if (parent instanceof ObjectNode object) {
      object.set(key, node);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(key), node);
    }
  }

  private static Study study() {
    String json =
        "{\"data\":\"glyphs\",\"network\":\"resnet8\",\"training\":{\"epochs\":4},\"pruning\":{\"rounds\":3}}";
    return Json.read(json.getBytes(UTF_8), Study.class);
  }

  @Test
  void aMaskWhoseBitsAreNotBase64IsRefused() {
    byte[] json = "[{\"name\":\"w\",\"shape\":[2],\"bits\":\"?\"}]".getBytes(UTF_8);

    assertThatThrownBy(() -> Json.read(json, Mask.class))
        .isInstanceOf(UnreadableJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "network", "training", "pruning"})
  void aMissingValueIsRefusedWithItsPlace(String key) {
    ObjectNode tree = (ObjectNode) Json.tree(study());
    tree.remove(key);

    assertThatThrownBy(() -> Json.read(tree, Study.class))
        .hasMessage("at /" + key + ": expected a value, got none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{} {}", "", "[", "\u00ff{"})
  void whatIsNoJsonIsRefused(String json) {
    assertThatThrownBy(() -> Json.read(json.getBytes(ISO_8859_1), Study.class))
        .isInstanceOf(UnreadableJsonException.class);
  }
}
