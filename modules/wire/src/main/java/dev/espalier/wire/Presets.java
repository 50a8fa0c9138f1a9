package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Published recipes under names such as {@code caron2020/cifar10-rotation}. A study file may name
 * one in the place of an objective, which is then trained as the preset says, or as the {@code
 * preset} of a training, beside keys that differ; the study itself holds what it stands for.
 */
public final class Presets {
  /** The key in a study file. */
  static final String KEY = "preset";

  private static final String FILE = "presets.yaml";
  private static final Map<String, Entry> BY_NAME = load();

  private Presets() {}

  /**
   * A preset.
   *
   * @param name what it is called
   * @param source where its numbers are from
   * @param objective what is trained on
   * @param training how
   */
  public record Preset(String name, String source, Objective objective, Training training) {}

  /** A preset, and what its file says of it. */
  private record Entry(Preset preset, JsonNode objective, ObjectNode training) {}

  /** All presets, in the order of their file. */
  public static List<Preset> all() {
    return BY_NAME.values().stream().map(Entry::preset).toList();
  }

  /** The presets that the trainings of {@code study} are, each once. */
  public static List<Preset> of(Study study) {
    List<Training> trainings = new ArrayList<>(List.of(study.training()));
    study.objectives().stream().map(study::trainingOn).forEach(trainings::add);
    study.transfers().values().forEach(transfer -> trainings.add(transfer.training()));
    return all().stream().filter(preset -> trainings.contains(preset.training())).toList();
  }

  /** The objective of a preset as its file has it, for a tree of its own; empty when unknown. */
  static Optional<JsonNode> objective(String name) {
    return Optional.ofNullable(BY_NAME.get(name)).map(entry -> entry.objective().deepCopy());
  }

  /** The training of a preset as its file has it, for a tree of its own; empty when unknown. */
  static Optional<ObjectNode> training(String name) {
    return Optional.ofNullable(BY_NAME.get(name)).map(entry -> entry.training().deepCopy());
  }

  /** What {@code name} may have been meant for, or what there is. */
  static String expected(String name) {
    return Nearest.to(name, BY_NAME.keySet())
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("; there are " + String.join(", ", BY_NAME.keySet()));
  }

  private static Map<String, Entry> load() {
    try (InputStream in = Presets.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the presets are missing from this build");
      }
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Entry> presets = new LinkedHashMap<>();
      YamlTree.parse(yaml, FILE)
          .root()
          .propertyStream()
          .forEach(each -> presets.put(each.getKey(), entry(each.getKey(), each.getValue())));
      return presets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(String name, JsonNode tree) {
    JsonNode objective = tree.get("objective");
    ObjectNode training = (ObjectNode) tree.get("training");
    Preset preset =
        new Preset(
            name,
            tree.get("source").asText(),
            Json.read(objective, Objective.class),
            Json.read(training, Training.class));
    return new Entry(preset, objective, training);
  }
}
