package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.espalier.domain.study.Objective;
import dev.espalier.wire.SchemaCheck.Finding;
import java.util.ArrayList;
import java.util.List;

/** A study file's tree with its presets written out. */
final class StudyTree {
  private static final String OBJECTIVES = "objectives";
  private static final String TRAINING = "training";
  private static final String TRAININGS = "trainings";
  private static final String TRANSFERS = "transfers";

  private final ObjectNode root;
  private final List<Finding> findings = new ArrayList<>();

  private StudyTree(ObjectNode root) {
    this.root = root;
  }

  /**
   * A file's tree, written out.
   *
   * @param findings presets that nobody knows
   */
  record Whole(JsonNode root, List<Finding> findings) {}

  /** What {@code file} stands for; itself where it is no object. */
  static Whole of(JsonNode file) {
    if (!(file instanceof ObjectNode object)) {
      return new Whole(file, List.of());
    }
    StudyTree tree = new StudyTree(object.deepCopy());
    tree.expand();
    return new Whole(tree.root, tree.findings);
  }

  private void expand() {
    writeOut(root, TRAINING, "/" + TRAINING);
    each(TRAININGS, (trainings, name) -> writeOut(trainings, name, "/trainings/" + name));
    each(
        TRANSFERS,
        (transfers, name) -> {
          if (transfers.get(name) instanceof ObjectNode transfer) {
            writeOut(transfer, TRAINING, "/transfers/" + name + "/" + TRAINING);
          }
        });
    if (root.get(OBJECTIVES) instanceof ArrayNode objectives) {
      for (int i = 0; i < objectives.size(); i++) {
        writeOut(objectives, i);
      }
    }
  }

  private interface Change {
    void of(ObjectNode map, String name);
  }

  private void each(String key, Change change) {
    if (root.get(key) instanceof ObjectNode map) {
      List<String> names = new ArrayList<>();
      map.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> change.of(map, name));
    }
  }

  /** {@code keys} on top of those of {@code base}. */
  private static JsonNode over(JsonNode base, JsonNode keys) {
    return base instanceof ObjectNode below && keys instanceof ObjectNode above
        ? below.deepCopy().setAll(above)
        : keys;
  }

  private void writeOut(ObjectNode parent, String key, String pointer) {
    if (parent.get(key) instanceof ObjectNode training && training.has(Presets.KEY)) {
      String name = training.remove(Presets.KEY).asText();
      Presets.training(name)
          .ifPresentOrElse(
              preset -> parent.set(key, preset.setAll(training)), () -> refuse(pointer, name));
    }
  }

  private void writeOut(ArrayNode objectives, int at) {
    JsonNode entry = objectives.get(at);
    if (!(entry instanceof ObjectNode object) || !object.has(Presets.KEY)) {
      return;
    }
    String name = object.remove(Presets.KEY).asText();
    if (Presets.objective(name).isEmpty()) {
      refuse("/" + OBJECTIVES + "/" + at, name);
      return;
    }
    JsonNode objective = over(asObject(Presets.objective(name).get()), object);
    objectives.set(at, objective);
    ObjectNode trainings =
        root.get(TRAININGS) instanceof ObjectNode given ? given : root.putObject(TRAININGS);
    String label = labelOf(objective);
    if (!trainings.has(label)) {
      trainings.set(label, Presets.training(name).orElseThrow());
    }
  }

  private static JsonNode asObject(JsonNode objective) {
    return objective instanceof TextNode name
        ? JsonNodeFactory.instance.objectNode().put("name", name.asText())
        : objective;
  }

  /** What the objective is called; whatever is wrong with it is found later. */
  private static String labelOf(JsonNode objective) {
    try {
      return Json.read(objective, Objective.class).toString();
    } catch (UnreadableJsonException e) {
      return objective.path("name").asText();
    }
  }

  private void refuse(String pointer, String name) {
    findings.add(
        new Finding(
            pointer + "/" + Presets.KEY,
            "%s.%s: expected a preset, got %s%s"
                .formatted(
                    SchemaCheck.dotted(pointer), Presets.KEY, name, Presets.expected(name))));
  }
}
